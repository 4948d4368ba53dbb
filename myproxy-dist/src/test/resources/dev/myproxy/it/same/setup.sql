-- What scripts find in the database 'same': one statement in each line. They must leave it as it is.
DROP DATABASE IF EXISTS same
CREATE DATABASE same CHARACTER SET utf8mb4
GRANT ALL ON same.* TO 'same_a'@'%'
GRANT ALL ON same.* TO 'same_b'@'%'
CREATE TABLE same.digit (d INT PRIMARY KEY)
INSERT INTO same.digit VALUES (0), (1), (2), (3), (4), (5), (6), (7), (8), (9)
CREATE TABLE same.t (id INT PRIMARY KEY, v VARCHAR(100), d DATETIME, b LONGBLOB)
INSERT INTO same.t SELECT 1 + a.d + 10 * b.d + 100 * c.d, CONCAT('value ', 1 + a.d + 10 * b.d + 100 * c.d), '2026-01-01 00:00:00', NULL FROM same.digit a, same.digit b, same.digit c WHERE c.d < 5
CREATE TABLE same.empty (a INT, b TEXT)
CREATE TABLE same.types (i TINYINT, s SMALLINT UNSIGNED, m MEDIUMINT, n INT, l BIGINT UNSIGNED, f FLOAT, g DOUBLE, c DECIMAL(20, 5), d DATE, t TIME, dt DATETIME(6), ts TIMESTAMP NULL, y YEAR, ch CHAR(10), vb VARBINARY(50), tx TEXT, e ENUM('a', 'b'), st SET('x', 'y'), bt BIT(9))
INSERT INTO same.types VALUES (-1, 65535, -70000, 2147483647, 18446744073709551615, 1.5, -2.25, 12345.6789, '2026-02-28', '-12:34:56', '2026-02-28 12:34:56.789012', '2026-01-01 00:00:00', 2026, 'char', x'00fffe', 'text', 'b', 'x,y', b'101010101'), (NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL)
CREATE PROCEDURE same.three(INOUT x INT) BEGIN SELECT 1; SELECT id, v FROM same.t WHERE id <= 3; SET x = x + 1; SELECT 'end'; END
CREATE PROCEDURE same.nothing() BEGIN END
CREATE PROCEDURE same.cursors(OUT n INT) BEGIN DECLARE x INT; DECLARE c CURSOR FOR SELECT id FROM same.t; OPEN c; FETCH c INTO x; SELECT x; CLOSE c; SET n = x; END
CREATE PROCEDURE same.fails() BEGIN SELECT 1; SELECT id FROM same.t WHERE id <= 2; SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'on purpose', MYSQL_ERRNO = 4711; END
SET GLOBAL interactive_timeout = 4321
SET GLOBAL long_query_time = 1000
