/* Room for one thing more in an array: one way for all arrays of the core that grow. */

#ifndef ARTICLECLI_ROOM_H
#define ARTICLECLI_ROOM_H

#include "core.h"

/* Twice the room of an array, at first for 32 things of a size; false with MemoryError set. */
static inline bool grow(void **items, Py_ssize_t *room, size_t size)
{
    Py_ssize_t more = *room < 16 ? 32 : *room * 2;
    void *made = NULL;
    if (*room <= PY_SSIZE_T_MAX / 4 / (Py_ssize_t)size)
        made = PyMem_Realloc(*items, (size_t)more * size);
    if (made == NULL) {
        PyErr_NoMemory();
        return false;
    }
    *items = made;
    *room = more;
    return true;
}

#endif
