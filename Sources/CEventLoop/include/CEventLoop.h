#ifndef CEVENTLOOP_H
#define CEVENTLOOP_H

#include <stdint.h>

// What Swift's Glibc module leaves out. Every function returns -1 and sets errno on failure, like the call it wraps.

// One ready descriptor: the token that it was registered with, and EPOLL* bits.
struct cel_event {
    uint64_t token;
    uint32_t events;
};

enum {
    CEL_READABLE = 1,
    CEL_WRITABLE = 2,
    CEL_HANG_UP = 4,
    CEL_FAILED = 8,
};

// A close-on-exec epoll instance.
int cel_epoll_create(void);

// Adds, changes or removes a descriptor; `interest` is CEL_READABLE | CEL_WRITABLE.
int cel_epoll_add(int epoll, int descriptor, uint32_t interest, uint64_t token);
int cel_epoll_modify(int epoll, int descriptor, uint32_t interest, uint64_t token);
int cel_epoll_remove(int epoll, int descriptor);

// Waits for at most `timeout_ms` (-1: without end); events come as CEL_* bits.
int cel_epoll_wait(int epoll, struct cel_event *events, int capacity, int timeout_ms);

// A close-on-exec, non-blocking eventfd.
int cel_eventfd_create(void);

// accept4 without a peer address needs _GNU_SOURCE, which makes its nil address a type error in Swift.
// The accepted socket is non-blocking and close-on-exec; `address` and `length` may be null.
int cel_accept(int listener, void *address, uint32_t *length);

// A value that differs between living threads. Swift folds pthread_self across suspension points, since glibc
// declares it const; the compiler knows nothing of this one, and it costs no system call as gettid does.
uintptr_t cel_thread_token(void);

// Names the calling thread; the kernel keeps the first 15 bytes.
void cel_name_thread(const char *name);

#endif
