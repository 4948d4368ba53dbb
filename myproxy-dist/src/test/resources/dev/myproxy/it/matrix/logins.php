<?php
// Logs in with PHP's own driver, mysqlnd; the file and what is printed are as logins.sh says. Arguments: the file, "mysqli" or "pdo".
mysqli_report(MYSQLI_REPORT_OFF);
[, $plan, $kind] = $argv;

function mysqli(string $way, string $place, string $user, string $password): array {
    $db = mysqli_init();
    $unix = $way === 'unix';
    [$host, $port] = $unix ? ['localhost', 0] : explode(':', $place);
    $flags = $way === 'tls' ? MYSQLI_CLIENT_SSL | MYSQLI_CLIENT_SSL_DONT_VERIFY_SERVER_CERT : 0;
    if (!@$db->real_connect($host, $user, $password, null, (int) $port, $unix ? $place : null, $flags)) {
        return [$db->connect_errno, $db->connect_error];
    }
    $name = $db->query('SELECT CURRENT_USER()')->fetch_row()[0];
    $db->close();
    return ['in', $name];
}

function pdo(string $way, string $place, string $user, string $password): array {
    [$host, $port] = $way === 'unix' ? ['', ''] : explode(':', $place);
    $where = $way === 'unix' ? "unix_socket=$place" : "host=$host;port=$port";
    $options = $way === 'tls' ? [PDO::MYSQL_ATTR_SSL_CA => '', PDO::MYSQL_ATTR_SSL_VERIFY_SERVER_CERT => false] : [];
    try {
        $db = new PDO("mysql:$where", $user, $password, $options);
        return ['in', $db->query('SELECT CURRENT_USER()')->fetchColumn()];
    } catch (PDOException $e) {
        return preg_match('/^SQLSTATE\[\w+\] \[(\d+)\] (.*)$/s', $e->getMessage(), $parts)
            ? [$parts[1], $parts[2]]
            : [0, $e->getMessage()];
    }
}

$bytes = fn(string $escaped): string => hex2bin(str_replace('\x', '', $escaped));
foreach (file($plan, FILE_IGNORE_NEW_LINES) as $line) {
    [$number, $way, $place, $user, $password] = explode("\t", $line);
    $said = $kind($way, $place, $bytes($user), $bytes($password));
    echo "$number\t$said[0]\t", str_replace(["\t", "\n"], ' ', $said[1]), "\n";
}
