#define _GNU_SOURCE
#include "CEventLoop.h"

#include <pthread.h>
#include <stddef.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>

enum { EVENTS_PER_WAIT = 256 };

static struct epoll_event described(uint32_t interest, uint64_t token) {
    struct epoll_event event = {0};
    if (interest & CEL_READABLE) event.events |= EPOLLIN | EPOLLRDHUP;
    if (interest & CEL_WRITABLE) event.events |= EPOLLOUT;
    event.data.u64 = token;
    return event;
}

int cel_epoll_create(void) { return epoll_create1(EPOLL_CLOEXEC); }

int cel_epoll_add(int epoll, int descriptor, uint32_t interest, uint64_t token) {
    struct epoll_event event = described(interest, token);
    return epoll_ctl(epoll, EPOLL_CTL_ADD, descriptor, &event);
}

int cel_epoll_modify(int epoll, int descriptor, uint32_t interest, uint64_t token) {
    struct epoll_event event = described(interest, token);
    return epoll_ctl(epoll, EPOLL_CTL_MOD, descriptor, &event);
}

int cel_epoll_remove(int epoll, int descriptor) { return epoll_ctl(epoll, EPOLL_CTL_DEL, descriptor, NULL); }

int cel_epoll_wait(int epoll, struct cel_event *events, int capacity, int timeout_ms) {
    struct epoll_event ready[EVENTS_PER_WAIT];
    int count = epoll_wait(epoll, ready, capacity < EVENTS_PER_WAIT ? capacity : EVENTS_PER_WAIT, timeout_ms);
    for (int i = 0; i < count; i++) {
        uint32_t bits = 0;
        if (ready[i].events & (EPOLLIN | EPOLLRDHUP)) bits |= CEL_READABLE;
        if (ready[i].events & EPOLLOUT) bits |= CEL_WRITABLE;
        if (ready[i].events & (EPOLLHUP | EPOLLRDHUP)) bits |= CEL_HANG_UP;
        if (ready[i].events & EPOLLERR) bits |= CEL_FAILED;
        events[i].token = ready[i].data.u64;
        events[i].events = bits;
    }
    return count;
}

int cel_eventfd_create(void) { return eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK); }

int cel_accept(int listener, void *address, uint32_t *length) {
    return accept4(listener, address, length, SOCK_CLOEXEC | SOCK_NONBLOCK);
}

uintptr_t cel_thread_token(void) {
    static __thread char anchor;
    return (uintptr_t)&anchor;
}

void cel_name_thread(const char *name) {
    char kept[16] = {0};
    strncpy(kept, name, sizeof kept - 1);
    pthread_setname_np(pthread_self(), kept);
}
