-- What a command-line client does: it prints all results and errors, in order.
SELECT 'text', CURRENT_USER(), DATABASE();
SELECT 1, '', NULL, 'ä€😀', 1.5 UNION SELECT 2, 'x', 'y', 'z', -3;
DROP TABLE IF EXISTS commands;
CREATE TABLE commands (id INT PRIMARY KEY, v VARCHAR(100)) CHARACTER SET utf8mb4;
PREPARE ins FROM 'INSERT INTO commands VALUES (?, ?)';
SET @id = 1, @v = 'prepared 😀';
EXECUTE ins USING @id, @v;
EXECUTE ins USING @id, @v;
SELECT * FROM commands;
SELECT LENGTH(v), v FROM (SELECT REPEAT('large ', 20000) AS v FROM numbers WHERE n <= 40) AS big;
SELECT * FROM nowhere;
SELECT 'still here';
BEGIN;
INSERT INTO commands VALUES (2, 'rolled back');
ROLLBACK;
SELECT 'after rollback', COUNT(*) FROM commands;
BEGIN;
INSERT INTO commands VALUES (3, 'committed');
COMMIT;
SELECT 'after commit', COUNT(*) FROM commands;
DELIMITER //
SELECT 'first'; SELECT 'second' //
DELIMITER ;
SELECT 'done';
