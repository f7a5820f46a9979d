// Only SHA-256 of libcrypto is used; sha.h alone keeps the import of OpenSSL's headers short.
//
// The one-shot SHA256() of OpenSSL 3 loads its providers and configuration first, which takes longer than the whole
// check of a request. The streaming functions do not; they are marked deprecated in favour of what loads providers.
#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/sha.h>
