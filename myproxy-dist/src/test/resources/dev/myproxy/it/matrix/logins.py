"""Logs in by Python's PyMySQL; the file and what is printed are as logins.sh says."""

import sys

import pymysql


def unescape(text):
    return bytes.fromhex(text.replace("\\x", ""))


def log_in(way, place, user, password):
    host, _, port = place.partition(":")
    where = {"unix_socket": place} if way == "unix" else {"host": host, "port": int(port)}
    if way == "tls":
        where["ssl"] = {"check_hostname": False}
    try:
        with pymysql.connect(user=unescape(user), password=unescape(password), **where) as db, db.cursor() as cursor:
            cursor.execute("SELECT CURRENT_USER()")
            return "in", cursor.fetchone()[0]
    except pymysql.MySQLError as error:
        return error.args[0], error.args[1]
    except RuntimeError as error:
        return 0, str(error)


sys.stdout.reconfigure(encoding="utf-8", errors="surrogateescape")
with open(sys.argv[1], encoding="ascii") as plan:
    for line in plan:
        number, *login = line.rstrip("\n").split("\t")
        code, said = log_in(*login)
        print(number, code, str(said).replace("\n", " "), sep="\t")
