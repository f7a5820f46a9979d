// jansson, the JSON library. This header adds nothing to it: what jansson offers only as macros
// (json_typeof, json_object_foreach) the Swift side reads through the struct and the iterators.
#include <jansson.h>
