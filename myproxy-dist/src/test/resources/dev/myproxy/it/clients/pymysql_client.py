"""Python's PyMySQL. Arguments: path of a Unix socket, user, password."""

import hashlib
import sys

import pymysql

socket, user, password = sys.argv[1:]
sys.stdout.reconfigure(encoding="utf-8")


def connect(secret):
    return pymysql.connect(unix_socket=socket, user=user, password=secret, database="programs", charset="utf8mb4")


def fails(what):
    try:
        what()
        print("no error")
    except pymysql.err.MySQLError as error:
        print("error", error.args[0], type(error).__name__)


fails(lambda: connect("wrong"))
db = connect(password)
with db.cursor() as cursor:
    cursor.execute("SELECT 'text', CURRENT_USER(), DATABASE(), '', NULL, 'ä€😀', 1.5")
    print(cursor.fetchall())

    cursor.execute("DROP TABLE IF EXISTS pymysql")
    cursor.execute("CREATE TABLE pymysql (id INT PRIMARY KEY, v VARCHAR(100)) CHARACTER SET utf8mb4")
    print(cursor.executemany("INSERT INTO pymysql VALUES (%s, %s)", [(i, f"many {i} 😀") for i in (1, 2, 3)]))
    # This driver has no binary protocol; prepared statements are the server's own.
    cursor.execute("PREPARE ins FROM 'INSERT INTO pymysql VALUES (?, ?)'")
    cursor.execute("SET @id = 4, @v = %s", ("prepared 😀",))
    cursor.execute("EXECUTE ins USING @id, @v")
    fails(lambda: cursor.execute("EXECUTE ins USING @id, @v"))
    cursor.execute("SELECT id, v, id / 2, NULL FROM pymysql WHERE id > %s ORDER BY id", (1,))
    print(cursor.fetchall())
db.commit()

with db.cursor(pymysql.cursors.SSCursor) as cursor:
    cursor.execute("SELECT n, REPEAT('large ', 20000) FROM numbers WHERE n <= 60")
    length, digest = 0, hashlib.md5()
    for n, value in cursor:
        length += len(value)
        digest.update(f"{n}{value}".encode())
    print("large", length, digest.hexdigest())

with db.cursor() as cursor:
    fails(lambda: cursor.execute("SELECT * FROM nowhere"))
    cursor.execute("SELECT 'still here'")
    print(cursor.fetchone())

    db.begin()
    cursor.execute("INSERT INTO pymysql VALUES (5, 'rolled back')")
    db.rollback()
    cursor.execute("SELECT COUNT(*) FROM pymysql")
    print("after rollback", cursor.fetchone())
    db.begin()
    cursor.execute("INSERT INTO pymysql VALUES (6, 'committed')")
    db.commit()
    cursor.execute("SELECT COUNT(*) FROM pymysql")
    print("after commit", cursor.fetchone())

    cursor.callproc("two_results")
    print(cursor.fetchall())
    while cursor.nextset():
        print(cursor.fetchall())

db.ping(reconnect=False)
db.select_db("information_schema")
with db.cursor() as cursor:
    cursor.execute("SELECT DATABASE()")
    print(cursor.fetchone())
db.close()
print("done")
