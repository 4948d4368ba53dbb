/*
 * The least that any proxy does that logs clients in: greet the client, read its answer, connect to the server, log in there
 * with another account, pass on the OK, and from then on do what floor.c does. It asks nobody, believes every client, expects each
 * packet of a login in one piece and has no limits, so it is a measure and not a proxy.
 *
 *     cc -O2 -o floor_login floor_login.c
 *     ./floor_login PORT PATH USER
 *
 * Clients come to 127.0.0.1:PORT; each is logged in at the server's Unix socket PATH as USER, an account that has no password and
 * mysql_native_password or MariaDB's like, with the database that the client names. When nothing has happened for a second, a
 * line tells what each login since the last line has cost, all that followed it included.
 */
#define _GNU_SOURCE
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/random.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "floor.h"

enum { EVENTS = 256, BUFFER_BYTES = 65536, LOGIN_BYTES = 512, PAUSE_MILLIS = 1000 };
enum { HEADER = 4, FIXED = HEADER + 32, NAME_BYTES = 64, WITH_DATABASE = 8, OFFERED = 0x010fa28f, PLAIN_CHARSET = 45, SALT = 20 };

static const char version[] = "5.7.30-floor", plugin[] = "mysql_native_password";

enum step { CLIENT_ANSWERS, CLIENT_WAITS, SERVER_GREETS, SERVER_DECIDES, COMMANDS };

struct side {
    int fd;
    enum step step;
    struct side *peer, *dead;
    int login_length;
    char login[LOGIN_BYTES];
};

static int epoll;
static struct sockaddr_un server = {.sun_family = AF_UNIX};
static const char *account;
static struct side *dead;
static long logins;

static void report(void) {
    static struct rusage before;
    struct rusage now;
    double n = (double) logins;
    getrusage(RUSAGE_SELF, &now);
    if (logins > 0) {
        printf("%.0f logins; for each: %.1f us user, %.1f us system, %.2f sleeps, %.2f preemptions\n", n,
               micros(before.ru_utime, now.ru_utime) / n, micros(before.ru_stime, now.ru_stime) / n,
               (double) (now.ru_nvcsw - before.ru_nvcsw) / n, (double) (now.ru_nivcsw - before.ru_nivcsw) / n);
        fflush(stdout);
    }
    before = now;
    logins = 0;
}

/* Their memory is needed until the events that have come are worked off: one may be the other side's. */
static void hang_up(struct side *side) {
    for (int sides = 0; sides < 2 && side != NULL; sides++, side = side->peer) {
        close(side->fd);
        side->fd = -1;
        side->dead = dead;
        dead = side;
    }
}

static void bury(void) {
    while (dead != NULL) {
        struct side *next = dead->dead;
        free(dead);
        dead = next;
    }
}

static struct side *watch(int fd, enum step step, struct side *peer) {
    struct side *side = malloc(sizeof *side);
    struct epoll_event readable = {.events = EPOLLIN, .data.ptr = side};
    side->fd = fd;
    side->step = step;
    side->peer = peer;
    if (fd < 0 || epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &readable) < 0) {
        die("socket");
    }
    return side;
}

static char *put(char *to, uint32_t number, int bytes) {
    memcpy(to, &number, (size_t) bytes);
    return to + bytes;
}

/* Fills in the header. Returns the length of header and payload. */
static int packet(char *start, const char *end, uint32_t sequence) {
    put(start, (uint32_t) (end - start - HEADER) | sequence << 24, HEADER);
    return (int) (end - start);
}

static int greeting(char *start) {
    static uint32_t id;
    char salt[SALT], *at = start + HEADER;
    getrandom(salt, sizeof salt, 0);
    for (int i = 0; i < SALT; i++) {
        salt[i] = (char) ((salt[i] & 0x3f) | 0x40);
    }
    at = put(at, 10, 1);
    at = mempcpy(at, version, sizeof version);
    at = put(at, ++id, 4);
    at = put(mempcpy(at, salt, 8), 0, 1);
    at = put(put(put(at, OFFERED, 2), PLAIN_CHARSET, 1), 2, 2);
    at = put(put(at, OFFERED >> 16, 2), SALT + 1, 1);
    at = put(put(put(at, 0, 4), 0, 4), 0, 2);
    at = put(mempcpy(at, salt + 8, SALT - 8), 0, 1);
    at = mempcpy(at, plugin, sizeof plugin);
    return packet(start, at, 0);
}

/* The client's flags and charset, our account without a password, the client's database. */
static int login(char *start, const char *answer, const char *end) {
    const char *user_end = memchr(answer + FIXED, 0, (size_t) (end - answer - FIXED));
    if (user_end == NULL || user_end + 2 + (unsigned char) user_end[1] > end) {
        return -1;
    }
    const char *database = user_end + 2 + (unsigned char) user_end[1];
    uint32_t flags;
    memcpy(&flags, answer + HEADER, sizeof flags);
    char *at = put(stpcpy(mempcpy(start, answer, FIXED), account), 0, 2);
    put(start + HEADER, flags & OFFERED, sizeof flags);
    if (flags & WITH_DATABASE) {
        size_t length = strnlen(database, (size_t) (end - database));
        if (length > NAME_BYTES) {
            return -1;
        }
        at = put(mempcpy(at, database, length), 0, 1);
    }
    at = mempcpy(at, plugin, sizeof plugin);
    return packet(start, at, 1);
}

static void greet(int listening, char *buffer) {
    int fd = accept4(listening, NULL, NULL, SOCK_NONBLOCK);
    if (fd < 0) {
        die("accept");
    }
    watch(fd, CLIENT_ANSWERS, NULL);
    if (write(fd, buffer, (size_t) greeting(buffer)) < 0) {
        perror("greeting");
    }
}

static int connection(void) {
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0);
    if (connect(fd, (const struct sockaddr *) &server, sizeof server) < 0) {
        die(server.sun_path);
    }
    return fd;
}

/* Answers what a side has said. Returns whether both may stay. */
static int answer(struct side *side, const char *said, ssize_t length) {
    switch (side->step) {
    case CLIENT_ANSWERS:
        side->login_length = length < FIXED ? -1 : login(side->login, said, said + length);
        side->step = CLIENT_WAITS;
        if (side->login_length >= 0) {
            side->peer = watch(connection(), SERVER_GREETS, side);
        }
        return side->login_length >= 0;
    case CLIENT_WAITS:
        return 0;
    case SERVER_GREETS:
        side->step = SERVER_DECIDES;
        return write(side->fd, side->peer->login, (size_t) side->peer->login_length) == side->peer->login_length;
    case SERVER_DECIDES:
        side->step = side->peer->step = COMMANDS;
        logins++;
        /* fall through */
    default:
        return write(side->peer->fd, said, (size_t) length) == length;
    }
}

int main(int count, char **arguments) {
    static char buffer[BUFFER_BYTES];
    struct epoll_event events[EVENTS];
    if (count < 4 || strlen(arguments[2]) >= sizeof server.sun_path || strlen(arguments[3]) > NAME_BYTES) {
        fprintf(stderr, "usage: %s PORT PATH USER\n", arguments[0]);
        return 2;
    }
    strcpy(server.sun_path, arguments[2]);
    account = arguments[3];
    signal(SIGPIPE, SIG_IGN);
    epoll = epoll_create1(0);
    int one = 1, listening = listener(atoi(arguments[1]));
    setsockopt(listening, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one); /* which clients inherit */
    struct side *door = watch(listening, COMMANDS, NULL);
    for (;;) {
        int ready = epoll_wait(epoll, events, EVENTS, logins > 0 ? PAUSE_MILLIS : -1);
        if (ready == 0) {
            report();
        }
        for (int i = 0; i < ready; i++) {
            struct side *side = events[i].data.ptr;
            if (side == door) {
                greet(listening, buffer);
            } else if (side->fd >= 0) {
                ssize_t length = read(side->fd, buffer, BUFFER_BYTES);
                if (length <= 0 || !answer(side, buffer, length)) {
                    hang_up(side);
                }
            }
        }
        bury();
    }
}
