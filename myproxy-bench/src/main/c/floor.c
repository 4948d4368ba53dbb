/*
 * The least that any proxy does: wait, read from one socket, write to the other. It looks at nothing, keeps nothing back and
 * has no limits, so it is a measure and not a proxy: what it costs per query is what epoll, TCP and Unix sockets cost.
 *
 *     cc -O2 -pthread -o floor floor.c
 *     ./floor PORT PATH [THREADS [edge]]
 *
 * Clients come to 127.0.0.1:PORT, each gets a connection to the server's Unix socket PATH; each of the threads, of which there is
 * one unless said otherwise, serves its share of them. When the last client has gone, a line tells what that load has cost,
 * for each read from a server, which is a query as long as answers are short. With "edge", epoll is edge-triggered; a read that
 * does not fill the buffer has emptied the socket, so none is made again.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "floor.h"

enum { EVENTS = 256, BUFFER_BYTES = 65536, MAX_THREADS = 64 };

struct side {
    int fd;
    int is_server;
    struct side *peer;
};

static unsigned trigger;
static atomic_int clients;
static atomic_long answers;
static struct rusage before;

static void report(void) {
    struct rusage now;
    double n = (double) atomic_exchange(&answers, 0);
    getrusage(RUSAGE_SELF, &now);
    if (n > 0) {
        printf("%.0f answers; for each: %.2f us user, %.2f us system, %.2f sleeps, %.2f preemptions\n", n,
               micros(before.ru_utime, now.ru_utime) / n, micros(before.ru_stime, now.ru_stime) / n,
               (double) (now.ru_nvcsw - before.ru_nvcsw) / n, (double) (now.ru_nivcsw - before.ru_nivcsw) / n);
        fflush(stdout);
    }
}

/* Both sides stay in memory: another event for one of them may be in the list that is being worked on. */
static void hang_up(struct side *side) {
    close(side->fd);
    close(side->peer->fd);
    side->fd = side->peer->fd = -1;
    if (atomic_fetch_sub(&clients, 1) == 1) {
        report();
    }
}

static int write_all(int fd, const char *from, ssize_t left) {
    while (left > 0) {
        ssize_t sent = write(fd, from, (size_t) left);
        if (sent >= 0) {
            from += sent;
            left -= sent;
        } else if (errno == EAGAIN) {
            struct pollfd room = {.fd = fd, .events = POLLOUT};
            poll(&room, 1, -1);
        } else {
            return 0;
        }
    }
    return 1;
}

static void *serve(void *argument) {
    int epoll = *(int *) argument;
    char *buffer = malloc(BUFFER_BYTES);
    struct epoll_event events[EVENTS];
    for (;;) {
        int ready = epoll_wait(epoll, events, EVENTS, -1);
        for (int i = 0; i < ready; i++) {
            struct side *side = events[i].data.ptr;
            if (side->fd < 0) {
                continue;
            }
            ssize_t length = read(side->fd, buffer, BUFFER_BYTES);
            if (length < 0 && errno == EAGAIN) {
                continue;
            }
            atomic_fetch_add_explicit(&answers, side->is_server, memory_order_relaxed);
            if (length <= 0 || !write_all(side->peer->fd, buffer, length)) {
                hang_up(side);
            } else if (trigger != 0 && length == BUFFER_BYTES) {
                i--;
            }
        }
    }
    return NULL;
}

static void watch(int epoll, struct side *side) {
    struct epoll_event readable = {.events = EPOLLIN | trigger, .data.ptr = side};
    if (epoll_ctl(epoll, EPOLL_CTL_ADD, side->fd, &readable) < 0) {
        die("epoll_ctl");
    }
}

static int connection(const struct sockaddr_un *server) {
    int fd = socket(AF_UNIX, SOCK_STREAM, 0);
    if (connect(fd, (const struct sockaddr *) server, sizeof *server) < 0) {
        die(server->sun_path);
    }
    fcntl(fd, F_SETFL, O_RDWR | O_NONBLOCK);
    return fd;
}

int main(int count, char **arguments) {
    static int epolls[MAX_THREADS];
    int threads = count > 3 ? atoi(arguments[3]) : 1, one = 1;
    struct sockaddr_un server = {.sun_family = AF_UNIX};
    if (count < 3 || threads < 1 || threads > MAX_THREADS || strlen(arguments[2]) >= sizeof server.sun_path) {
        fprintf(stderr, "usage: %s PORT PATH [THREADS [edge]], at most %d threads\n", arguments[0], MAX_THREADS);
        return 2;
    }
    strcpy(server.sun_path, arguments[2]);
    trigger = count > 4 && strcmp(arguments[4], "edge") == 0 ? EPOLLET : 0;
    signal(SIGPIPE, SIG_IGN);
    for (int i = 0; i < threads; i++) {
        pthread_t thread;
        epolls[i] = epoll_create1(0);
        if (epolls[i] < 0 || pthread_create(&thread, NULL, serve, &epolls[i]) != 0) {
            die("thread");
        }
    }
    int listening = listener(atoi(arguments[1]));
    for (unsigned turn = 0;; turn++) {
        int fd = accept4(listening, NULL, NULL, SOCK_NONBLOCK);
        if (fd < 0) {
            die("accept");
        }
        if (atomic_fetch_add(&clients, 1) == 0) {
            getrusage(RUSAGE_SELF, &before);
        }
        setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
        struct side *client = malloc(sizeof *client), *backend = malloc(sizeof *backend);
        *client = (struct side){.fd = fd, .is_server = 0, .peer = backend};
        *backend = (struct side){.fd = connection(&server), .is_server = 1, .peer = client};
        int epoll = epolls[turn % (unsigned) threads];
        watch(epoll, client);
        watch(epoll, backend);
    }
}
