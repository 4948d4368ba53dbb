/* What the floors have in common that is not measured. */
#ifndef FLOOR_H
#define FLOOR_H

#include <netinet/in.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/time.h>

static inline void die(const char *what) {
    perror(what);
    exit(1);
}

static inline double micros(struct timeval from, struct timeval to) {
    return (double) (to.tv_sec - from.tv_sec) * 1e6 + (double) (to.tv_usec - from.tv_usec);
}

/* Listens on 127.0.0.1. */
static inline int listener(int port) {
    int one = 1, fd = socket(AF_INET, SOCK_STREAM, 0);
    struct sockaddr_in here = {.sin_family = AF_INET, .sin_port = htons((uint16_t) port)};
    here.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
    if (bind(fd, (struct sockaddr *) &here, sizeof here) < 0 || listen(fd, SOMAXCONN) < 0) {
        die("listen");
    }
    return fd;
}

#endif
