// libcurl, the HTTP client. curl_easy_setopt and curl_easy_getinfo take variable arguments, which Swift cannot call:
// one inline function a type of argument stands for them here.
#include <curl/curl.h>

static inline CURLcode copylint_curl_set_long(CURL *handle, CURLoption option, long value) {
  return curl_easy_setopt(handle, option, value);
}

// libcurl copies strings, except for CURLOPT_POSTFIELDS, which must stay in place until the transfer is over.
static inline CURLcode copylint_curl_set_string(CURL *handle, CURLoption option, const char *value) {
  return curl_easy_setopt(handle, option, value);
}
