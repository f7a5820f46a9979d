// SHA-256, HMAC and a comparison in constant time, of libcrypto.
//
// The one-shot SHA256() of OpenSSL 3 loads its providers and configuration first, which takes longer than the whole
// check of a request. The streaming functions do not; they are marked deprecated in favour of what loads providers.
// HMAC() loads them too: it is for what talks to the network, which needs them for TLS anyway.
#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/crypto.h>
#include <openssl/hmac.h>
#include <openssl/sha.h>
