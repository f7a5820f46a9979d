// SHA-256 and a comparison in constant time, of libcrypto.
//
// The one-shot SHA256() of OpenSSL 3 loads its providers and configuration first, which takes longer than the whole
// check of a request. The streaming functions do not; they are marked deprecated in favour of what loads providers.
#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/crypto.h>
#include <openssl/sha.h>

// What libcrypto asks of the processor. Its constructor does that, which the static `copylint` puts off until here; the
// shared library keeps the function to itself, and then there is nothing left to do.
__attribute__((weak)) void OPENSSL_cpuid_setup(void);
static inline void ask_processor(void) {
  if (OPENSSL_cpuid_setup) OPENSSL_cpuid_setup();
}
