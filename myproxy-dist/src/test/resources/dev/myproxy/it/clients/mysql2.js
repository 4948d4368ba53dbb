// Node's mysql2. Arguments: path of a Unix socket, user, password, and "clear" if the password may go in clear text.
const crypto = require('crypto');
const mysql = require('mysql2/promise');

const [socketPath, user, password, clear] = process.argv.slice(2);
const options = {
  socketPath, user, database: 'programs', charset: 'utf8mb4', multipleStatements: true,
  enableCleartextPlugin: clear === 'clear',
};

async function fails(what) {
  try {
    await what();
    console.log('no error');
  } catch (error) {
    console.log('error', error.errno, error.sqlState, error.code);
  }
}

async function main() {
  await fails(() => mysql.createConnection({...options, password: 'wrong'}));
  const db = await mysql.createConnection({...options, password});
  const show = async (sql, parameters) => console.log(JSON.stringify(
      (await (parameters ? db.execute(sql, parameters) : db.query({sql, rowsAsArray: true})))[0]));

  await show("SELECT 'text', CURRENT_USER(), DATABASE(), '', NULL, 'ä€😀', 1.5");

  await db.query('DROP TABLE IF EXISTS mysql2');
  await db.query('CREATE TABLE mysql2 (id INT PRIMARY KEY, v VARCHAR(100)) CHARACTER SET utf8mb4');
  for (const id of [1, 2, 3]) {
    await db.execute('INSERT INTO mysql2 VALUES (?, ?)', [id, `prepared ${id} 😀`]);
  }
  await fails(() => db.execute('INSERT INTO mysql2 VALUES (?, ?)', [1, 'again']));
  await show('SELECT id, v, id / 2 AS half, NULL AS nothing FROM mysql2 WHERE id > ? ORDER BY id', [1]);

  const [rows] = await db.query("SELECT n, REPEAT('large ', 20000) AS v FROM numbers WHERE n <= 60");
  const hash = crypto.createHash('md5');
  rows.forEach(row => hash.update(row.n + row.v));
  console.log('large', rows.reduce((sum, row) => sum + row.v.length, 0), hash.digest('hex'));

  await fails(() => db.query('SELECT * FROM nowhere'));
  await show("SELECT 'still here'");

  await db.beginTransaction();
  await db.query("INSERT INTO mysql2 VALUES (4, 'rolled back')");
  await db.rollback();
  await show("SELECT 'after rollback', COUNT(*) FROM mysql2");
  await db.beginTransaction();
  await db.query("INSERT INTO mysql2 VALUES (5, 'committed')");
  await db.commit();
  await show("SELECT 'after commit', COUNT(*) FROM mysql2");

  // Sent ahead, without waiting for each other.
  console.log(JSON.stringify((await Promise.all(
      [1, 2, 3, 4, 5].map(i => db.query({sql: `SELECT ${i}`, rowsAsArray: true})))).map(([all]) => all)));
  await show('CALL two_results()');
  await show("SELECT 'first'; SELECT 'second'");
  await db.ping();
  await db.end();
  console.log('done');
}

main().catch(error => {
  console.log(error);
  process.exitCode = 1;
});
