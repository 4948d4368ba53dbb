/*
 * The same measure as floor.c by io_uring: a receive waits on each socket; what it brings is sent to the other one, and the next
 * receive is linked behind that, so one system call hands in all that is to be done and waits for what comes.
 *
 *     cc -O2 -o floor_uring floor_uring.c
 *     ./floor_uring PORT PATH
 *
 * Needs Linux 6.1. One thread; no limits, no errors but fatal ones, and nothing is freed: a measure and not a proxy.
 */
#include <errno.h>
#include <linux/io_uring.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <unistd.h>

#include "floor.h"

/* What the headers of older systems lack. */
enum { COOP_TASKRUN = 1 << 8, SINGLE_ISSUER = 1 << 12, DEFER_TASKRUN = 1 << 13, SKIP_SUCCESS = 1 << 6 };

enum { ENTRIES = 4096, BUFFER_BYTES = 16384, SENT = 0, ACCEPTED = 1 };

struct side {
    int fd;
    struct side *peer;
    char buffer[BUFFER_BYTES];
};

static unsigned *sq_head, *sq_tail, *sq_mask, *sq_array, *cq_head, *cq_tail, *cq_mask;
static struct io_uring_sqe *sqes;
static struct io_uring_cqe *cqes;
static unsigned pending;

static void *map(int ring, size_t bytes, off_t what) {
    void *at = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_POPULATE, ring, what);
    if (at == MAP_FAILED) {
        die("mmap");
    }
    return at;
}

static int make_ring(void) {
    struct io_uring_params p = {.flags = SINGLE_ISSUER | DEFER_TASKRUN | COOP_TASKRUN};
    int ring = (int) syscall(SYS_io_uring_setup, ENTRIES, &p);
    if (ring < 0 || !(p.features & IORING_FEAT_SINGLE_MMAP)) {
        die("io_uring_setup");
    }
    size_t submissions = p.sq_off.array + p.sq_entries * sizeof(unsigned);
    size_t completions = p.cq_off.cqes + p.cq_entries * sizeof(struct io_uring_cqe);
    char *at = map(ring, submissions > completions ? submissions : completions, IORING_OFF_SQ_RING);
    sq_head = (unsigned *) (at + p.sq_off.head);
    sq_tail = (unsigned *) (at + p.sq_off.tail);
    sq_mask = (unsigned *) (at + p.sq_off.ring_mask);
    sq_array = (unsigned *) (at + p.sq_off.array);
    cq_head = (unsigned *) (at + p.cq_off.head);
    cq_tail = (unsigned *) (at + p.cq_off.tail);
    cq_mask = (unsigned *) (at + p.cq_off.ring_mask);
    cqes = (struct io_uring_cqe *) (at + p.cq_off.cqes);
    sqes = map(ring, p.sq_entries * sizeof(struct io_uring_sqe), IORING_OFF_SQES);
    return ring;
}

static struct io_uring_sqe *submission(unsigned char operation, int fd, unsigned long data) {
    unsigned tail = *sq_tail, at = tail & *sq_mask;
    if (tail - __atomic_load_n(sq_head, __ATOMIC_ACQUIRE) > *sq_mask) {
        fprintf(stderr, "more than %d operations at once\n", ENTRIES);
        exit(1);
    }
    struct io_uring_sqe *entry = &sqes[at];
    memset(entry, 0, sizeof *entry);
    entry->opcode = operation;
    entry->fd = fd;
    entry->user_data = data;
    sq_array[at] = at;
    __atomic_store_n(sq_tail, tail + 1, __ATOMIC_RELEASE);
    pending++;
    return entry;
}

static void receive(struct side *side) {
    struct io_uring_sqe *entry = submission(IORING_OP_RECV, side->fd, (unsigned long) side);
    entry->addr = (unsigned long) side->buffer;
    entry->len = BUFFER_BYTES;
}

static void relay(struct side *side, int length) {
    struct io_uring_sqe *entry = submission(IORING_OP_SEND, side->peer->fd, SENT);
    entry->addr = (unsigned long) side->buffer;
    entry->len = (unsigned) length;
    entry->msg_flags = MSG_WAITALL | MSG_NOSIGNAL;
    entry->flags = IOSQE_IO_LINK | SKIP_SUCCESS;
    receive(side);
}

static void accepted(int fd, const struct sockaddr_un *server) {
    int one = 1, backend = socket(AF_UNIX, SOCK_STREAM, 0);
    if (fd < 0 || connect(backend, (const struct sockaddr *) server, sizeof *server) < 0) {
        die("connection");
    }
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    struct side *sides = calloc(2, sizeof *sides);
    sides[0].fd = fd;
    sides[0].peer = &sides[1];
    sides[1].fd = backend;
    sides[1].peer = &sides[0];
    receive(&sides[0]);
    receive(&sides[1]);
}

int main(int count, char **arguments) {
    struct sockaddr_un server = {.sun_family = AF_UNIX};
    if (count != 3 || strlen(arguments[2]) >= sizeof server.sun_path) {
        fprintf(stderr, "usage: %s PORT PATH\n", arguments[0]);
        return 2;
    }
    strcpy(server.sun_path, arguments[2]);
    int ring = make_ring(), listening = listener(atoi(arguments[1]));
    submission(IORING_OP_ACCEPT, listening, ACCEPTED);
    for (;;) {
        long submitted = syscall(SYS_io_uring_enter, ring, pending, 1, IORING_ENTER_GETEVENTS, NULL, 0);
        if (submitted < 0 && errno != EINTR) {
            die("io_uring_enter");
        }
        pending -= submitted < 0 ? 0 : (unsigned) submitted;
        unsigned head = *cq_head, tail = __atomic_load_n(cq_tail, __ATOMIC_ACQUIRE);
        for (; head != tail; head++) {
            struct io_uring_cqe *event = &cqes[head & *cq_mask];
            struct side *side = (struct side *) event->user_data;
            if (event->user_data == ACCEPTED) {
                accepted(event->res, &server);
                submission(IORING_OP_ACCEPT, listening, ACCEPTED);
            } else if (event->user_data != SENT && event->res > 0) {
                relay(side, event->res);
            } else if (event->user_data != SENT) {
                shutdown(side->peer->fd, SHUT_RDWR);
            }
        }
        __atomic_store_n(cq_head, head, __ATOMIC_RELEASE);
    }
}
