// libcurl, the HTTP client. curl_easy_setopt and curl_easy_getinfo take variable arguments, which Swift cannot call:
// one inline function a type of argument stands for them here.
#include <curl/curl.h>
#include <errno.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>

static inline CURLcode copylint_curl_set_long(CURL *handle, CURLoption option, long value) {
  return curl_easy_setopt(handle, option, value);
}

static inline CURLcode copylint_curl_set_offset(CURL *handle, CURLoption option, curl_off_t value) {
  return curl_easy_setopt(handle, option, value);
}

// libcurl copies strings, except for CURLOPT_POSTFIELDS, which must stay in place until the transfer is over.
static inline CURLcode copylint_curl_set_string(CURL *handle, CURLoption option, const char *value) {
  return curl_easy_setopt(handle, option, value);
}

// For CURLOPT_COPYPOSTFIELDS (copied, as many bytes as CURLOPT_POSTFIELDSIZE_LARGE said before), CURLOPT_ERRORBUFFER,
// and the data pointers of callbacks.
static inline CURLcode copylint_curl_set_pointer(CURL *handle, CURLoption option, void *value) {
  return curl_easy_setopt(handle, option, value);
}

// The list must stay in place until the transfer is over.
static inline CURLcode copylint_curl_set_list(CURL *handle, CURLoption option, struct curl_slist *value) {
  return curl_easy_setopt(handle, option, value);
}

typedef size_t (*copylint_curl_data_callback)(char *bytes, size_t size, size_t count, void *context);

// For CURLOPT_WRITEFUNCTION and CURLOPT_HEADERFUNCTION.
static inline CURLcode copylint_curl_set_data_callback(
    CURL *handle, CURLoption option, copylint_curl_data_callback callback) {
  return curl_easy_setopt(handle, option, callback);
}

static inline CURLcode copylint_curl_set_prerequest_callback(CURL *handle, curl_prereq_callback callback) {
  return curl_easy_setopt(handle, CURLOPT_PREREQFUNCTION, callback);
}

static inline CURLcode copylint_curl_get_long(CURL *handle, CURLINFO info, long *value) {
  return curl_easy_getinfo(handle, info, value);
}

typedef int (*copylint_curl_socket_callback)(CURL *handle, curl_socket_t socket, int what, void *context, void *own);

// Says for which sockets libcurl waits, and for what.
static inline CURLMcode copylint_curl_watch_sockets(
    CURLM *multi, copylint_curl_socket_callback callback, void *context) {
  CURLMcode code = curl_multi_setopt(multi, CURLMOPT_SOCKETDATA, context);
  return code ? code : curl_multi_setopt(multi, CURLMOPT_SOCKETFUNCTION, callback);
}

typedef int (*copylint_curl_timer_callback)(CURLM *multi, long milliseconds, void *context);

// Says when libcurl has to be called at the latest; -1 for never.
static inline CURLMcode copylint_curl_watch_timer(
    CURLM *multi, copylint_curl_timer_callback callback, void *context) {
  CURLMcode code = curl_multi_setopt(multi, CURLMOPT_TIMERDATA, context);
  return code ? code : curl_multi_setopt(multi, CURLMOPT_TIMERFUNCTION, callback);
}

// epoll(7), which Swift's Glibc lacks. `what` is what libcurl's socket callback says (CURL_POLL_IN…).
static inline int copylint_epoll_watch(int poller, int descriptor, int what) {
  struct epoll_event event = {.data.fd = descriptor};
  if (what == CURL_POLL_REMOVE) return epoll_ctl(poller, EPOLL_CTL_DEL, descriptor, &event);
  event.events = (what & CURL_POLL_IN ? EPOLLIN : 0) | (what & CURL_POLL_OUT ? EPOLLOUT : 0);
  int code = epoll_ctl(poller, EPOLL_CTL_MOD, descriptor, &event);
  return code && errno == ENOENT ? epoll_ctl(poller, EPOLL_CTL_ADD, descriptor, &event) : code;
}

typedef struct { int descriptor, action; } copylint_epoll_event;

// Waits for what happens to descriptors; `action` is what curl_multi_socket_action takes (CURL_CSELECT_IN…).
static inline int copylint_epoll_wait(int poller, copylint_epoll_event *found, int room, int milliseconds) {
  struct epoll_event events[64];
  int count = epoll_wait(poller, events, room < 64 ? room : 64, milliseconds);
  for (int i = 0; i < count; i++) {
    unsigned int is = events[i].events;
    found[i].descriptor = events[i].data.fd;
    found[i].action = (is & (EPOLLIN | EPOLLHUP) ? CURL_CSELECT_IN : 0) | (is & EPOLLOUT ? CURL_CSELECT_OUT : 0)
        | (is & EPOLLERR ? CURL_CSELECT_ERR : 0);
  }
  return count;
}
