<?php
// PHP's PDO with its own driver, mysqlnd. Arguments: path of a Unix socket, user, password.
[, $socket, $user, $password] = $argv;
$dsn = "mysql:unix_socket=$socket;dbname=programs;charset=utf8mb4";
$options = [PDO::ATTR_ERRMODE => PDO::ERRMODE_EXCEPTION, PDO::ATTR_EMULATE_PREPARES => false];

function fails(callable $what): void
{
    try {
        $what();
        echo "no error\n";
    } catch (PDOException $e) {
        echo 'error ', $e->errorInfo[1], ' ', $e->errorInfo[0], "\n";
    }
}

fails(fn() => new PDO($dsn, $user, 'wrong', $options));
$db = new PDO($dsn, $user, $password, $options);

foreach ($db->query("SELECT 'text', CURRENT_USER(), DATABASE(), '', NULL, 'ä€😀', 1.5", PDO::FETCH_NUM) as $row) {
    echo json_encode($row, JSON_UNESCAPED_UNICODE), "\n";
}

$db->exec('DROP TABLE IF EXISTS pdo');
$db->exec('CREATE TABLE pdo (id INT PRIMARY KEY, v VARCHAR(100)) CHARACTER SET utf8mb4');
$insert = $db->prepare('INSERT INTO pdo VALUES (?, ?)');
foreach ([1, 2, 3] as $id) {
    $insert->execute([$id, "prepared $id 😀"]);
}
fails(fn() => $insert->execute([1, 'again']));
$select = $db->prepare('SELECT id, v, id / 2, NULL FROM pdo WHERE id > :id ORDER BY id');
$select->execute(['id' => 1]);
echo json_encode($select->fetchAll(PDO::FETCH_NUM), JSON_UNESCAPED_UNICODE), "\n";

$length = 0;
$hash = hash_init('md5');
foreach ($db->query("SELECT n, REPEAT('large ', 20000) FROM numbers WHERE n <= 60", PDO::FETCH_NUM) as $row) {
    $length += strlen($row[1]);
    hash_update($hash, $row[0] . $row[1]);
}
echo "large $length ", hash_final($hash), "\n";

fails(fn() => $db->query('SELECT * FROM nowhere'));
echo $db->query("SELECT 'still here'")->fetchColumn(), "\n";

$db->beginTransaction();
$db->exec("INSERT INTO pdo VALUES (4, 'rolled back')");
$db->rollBack();
echo 'after rollback ', $db->query('SELECT COUNT(*) FROM pdo')->fetchColumn(), "\n";
$db->beginTransaction();
$db->exec("INSERT INTO pdo VALUES (5, 'committed')");
$db->commit();
echo 'after commit ', $db->query('SELECT COUNT(*) FROM pdo')->fetchColumn(), "\n";

$several = $db->query('CALL two_results()');
do {
    echo json_encode($several->fetchAll(PDO::FETCH_NUM)), "\n";
} while ($several->nextRowset());
echo "done\n";
