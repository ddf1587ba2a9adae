/* Beside `blocks/nests.py`: how deep the tags of a page may stand. */

#include "core.h"
#include <string.h>

/* tag_counts(page) → (deepest, options), of its UTF-8. */
PyObject *core_tag_counts(PyObject *module, PyObject *page)
{
    char *at;
    Py_ssize_t size, depth = 0, deepest = 0, options = 0;
    (void)module;
    if (PyBytes_AsStringAndSize(page, &at, &size) < 0)
        return NULL;
    const char *end = at + size;
    for (const char *next = at; (next = memchr(next, '<', (size_t)(end - next))) != NULL;) {
        next++; /* a bytes object ends in a NUL */
        bool slash = *next == '/';
        char first = (char)(next[slash] | 0x20);
        if (first < 'a' || first > 'z')
            continue;
        options += strncmp(next, "opt", 3) == 0 || strncmp(next, "OPT", 3) == 0;
        depth += slash ? -1 : 1;
        deepest = depth > deepest ? depth : deepest;
    }
    return Py_BuildValue("(nn)", deepest, options);
}
