// libcurl, the HTTP client. curl_easy_setopt and curl_easy_getinfo take variable arguments, which Swift cannot call:
// one inline function a type of argument stands for them here.
#include <curl/curl.h>

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
