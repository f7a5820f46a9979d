// Only SHA-256 of libcrypto is used; sha.h alone keeps the import of OpenSSL's headers short.
#include <openssl/sha.h>
