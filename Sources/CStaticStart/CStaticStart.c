#include "CStaticStart.h"

#include <stddef.h>

char *__wrap_swift_copyAuxiliaryExecutablePath(const char *name) {
  (void)name;
  return NULL;
}
