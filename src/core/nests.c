/* Beside `blocks/nests.py`: how many tags a page has, and how deep they may stand. */

#include "core.h"
#include <string.h>

/* tag_counts(page) → (angle brackets, ends among them, depth), of UTF-8. */
PyObject *core_tag_counts(PyObject *module, PyObject *page)
{
    char *at;
    Py_ssize_t size, tags = 0, ends = 0, depth = 0, deepest = 0;
    (void)module;
    if (PyBytes_AsStringAndSize(page, &at, &size) < 0)
        return NULL;
    const char *end = at + size;
    for (const char *next = at; (next = memchr(next, '<', (size_t)(end - next))) != NULL;) {
        next++; /* a bytes object ends in a NUL */
        bool slash = *next == '/';
        char first = (char)(next[slash] | 0x20);
        tags++;
        ends += slash;
        if (first < 'a' || first > 'z')
            continue;
        depth += slash ? -1 : 1;
        deepest = depth > deepest ? depth : deepest;
    }
    return Py_BuildValue("(nnn)", tags, ends, deepest);
}
