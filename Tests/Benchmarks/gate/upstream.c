// Answers every CreateModelCopyJob as Bedrock does, at once and without looking at it, on a port that it prints: an
// upstream that costs next to nothing, so that a measurement is of what stands before it.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

typedef struct { int fd; size_t got; char bytes[65536]; } Connection;

static unsigned long job;

static void fail(const char *what) { perror(what); exit(1); }

// Returns whether the connection stays.
static int answer(Connection *c) {
  char *end;
  while ((end = memmem(c->bytes, c->got, "\r\n\r\n", 4))) {
    *end = 0;
    char *length = strcasestr(c->bytes, "\r\ncontent-length:");
    size_t whole = (size_t)(end + 4 - c->bytes) + (length ? strtoul(length + 17, NULL, 10) : 0);
    *end = '\r';
    if (c->got < whole) return whole <= sizeof c->bytes;
    char body[256], text[512];
    int size = snprintf(body, sizeof body,
        "{\"jobArn\":\"arn:aws:bedrock:eu-west-1:111122223333:model-copy-job/%012lx\"}", ++job);
    int total = snprintf(text, sizeof text,
        "HTTP/1.1 201 Created\r\nContent-Type: application/json\r\nx-amzn-RequestId: %012lx\r\nContent-Length: %d\r\n\r\n%s",
        job, size, body);
    if (send(c->fd, text, total, MSG_NOSIGNAL) != total) return 0;
    memmove(c->bytes, c->bytes + whole, c->got -= whole);
  }
  return c->got < sizeof c->bytes;
}

int main(void) {
  int listener = socket(AF_INET, SOCK_STREAM, 0), poller = epoll_create1(0), one = 1;
  struct sockaddr_in address = {.sin_family = AF_INET};
  socklen_t size = sizeof address;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (bind(listener, (struct sockaddr *)&address, size) || listen(listener, 1024)) fail("listen");
  getsockname(listener, (struct sockaddr *)&address, &size);
  printf("127.0.0.1:%d\n", ntohs(address.sin_port));
  fflush(stdout);
  struct epoll_event event = {.events = EPOLLIN, .data.ptr = NULL}, events[256];
  epoll_ctl(poller, EPOLL_CTL_ADD, listener, &event);
  for (;;) {
    int ready = epoll_wait(poller, events, 256, -1);
    for (int i = 0; i < ready; i++) {
      Connection *c = events[i].data.ptr;
      if (!c) {
        int fd = accept(listener, NULL, NULL);
        if (fd < 0) continue;
        setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
        if (!(c = calloc(1, sizeof *c))) fail("memory");
        c->fd = fd;
        event.data.ptr = c;
        epoll_ctl(poller, EPOLL_CTL_ADD, fd, &event);
        continue;
      }
      ssize_t n = recv(c->fd, c->bytes + c->got, sizeof c->bytes - c->got, 0);
      if (n < 0 && errno == EINTR) continue;
      if (n > 0) c->got += n;
      if (n > 0 && answer(c)) continue;
      close(c->fd);
      free(c);
    }
  }
}
