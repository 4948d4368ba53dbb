// Logs in by Node's mysql2; the file and what is printed are as logins.sh says.
const fs = require('fs');
const mysql = require('mysql2/promise');

const bytes = escaped => Buffer.from(escaped.replaceAll('\\x', ''), 'hex').toString();

async function logIn(way, place, user, password) {
  const [host, port] = place.split(':');
  const where = way === 'unix' ? {socketPath: place} : {host, port: Number(port)};
  if (way === 'tls') {
    where.ssl = {rejectUnauthorized: false};
  }
  where.connectTimeout = 60000; // the machine may be slow
  try {
    const db = await mysql.createConnection({user: bytes(user), password: bytes(password), ...where});
    const [rows] = await db.query({sql: 'SELECT CURRENT_USER()', rowsAsArray: true});
    await db.end();
    return ['in', rows[0][0]];
  } catch (error) {
    return [error.errno || 0, error.message.replaceAll('\n', ' ')];
  }
}

async function main() {
  for (const line of fs.readFileSync(process.argv[2], 'ascii').split('\n').filter(Boolean)) {
    const [number, ...login] = line.split('\t');
    console.log([number, ...await logIn(...login)].join('\t'));
  }
}

main();
