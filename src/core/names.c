/* Beside `blocks/nests.py`: whether a parser can take all names of a page's tags and attributes. */

#include "phrases.h"
#include <string.h>

#define ASK 2 /* of a byte with which white space may begin */
#define REMEMBERED 1024 /* places of names that were met before; most are met a thousand times */

typedef struct {
    PyObject *set; /* of bytes: its hash is a secret of the process, so no page takes its square */
    Slice last[REMEMBERED];
    uint8_t tag_ends[256], name_ends[256], value_ends[256];
} Names;

static bool add_name(Names *names, Slice name)
{
    uint32_t hash = 2166136261u;
    for (Py_ssize_t i = 0; i < name.size; i++)
        hash = (hash ^ (unsigned char)name.at[i]) * 16777619u;
    Slice *last = &names->last[(hash ^ hash >> 16) % REMEMBERED];
    if (last->size == name.size && memcmp(last->at, name.at, (size_t)name.size) == 0)
        return true;
    *last = name;
    PyObject *own = PyBytes_FromStringAndSize(name.at, name.size);
    bool fine = own != NULL && PySet_Add(names->set, own) == 0;
    Py_XDECREF(own);
    return fine;
}

/* Fills a table of what ends a name or a value: white space and some signs. */
static void fill_ends(uint8_t *ends, const char *signs)
{
    for (int byte = 0; byte < 0x80; byte++)
        ends[byte] = byte == ' ' || (byte >= 9 && byte <= 13) || (byte >= 0x1C && byte <= 0x1F);
    for (; *signs != 0; signs++)
        ends[(unsigned char)*signs] = 1;
    for (int byte = 0xC2; byte <= 0xE3; byte++)
        ends[byte] = ASK;
}

/* Where what begins at a place ends. */
static Py_ssize_t end_of(Slice text, Py_ssize_t at, const uint8_t *ends)
{
    for (uint8_t end; at < text.size; at++) {
        end = ends[(unsigned char)text.at[at]];
        if (end != 0 && (end != ASK || space_size(text, at) > 0))
            break;
    }
    return at;
}

static Py_ssize_t skip_space(Slice text, Py_ssize_t at)
{
    Py_ssize_t size;
    while (at < text.size && (size = space_size(text, at)) > 0)
        at += size;
    return at;
}

/* Where the value ends that may follow the name of an attribute. */
static Py_ssize_t skip_value(const Names *names, Slice text, Py_ssize_t at)
{
    Py_ssize_t sign = skip_space(text, at);
    if (sign == text.size || text.at[sign] != '=')
        return at;
    at = skip_space(text, sign + 1);
    if (at < text.size && (text.at[at] == '"' || text.at[at] == '\'')) {
        const char *from = text.at + at + 1;
        const char *last = memchr(from, text.at[at], (size_t)(text.size - at - 1));
        return last ? last - text.at + 1 : at;
    }
    return end_of(text, at, names->value_ends);
}

/* `_ATTRIBUTE`: the names in what follows the name of a tag. */
static bool add_attributes(Names *names, Slice text)
{
    for (Py_ssize_t at = 0; at < text.size;) {
        Py_ssize_t end = end_of(text, at, names->name_ends);
        if (end == at) {
            Py_ssize_t size = space_size(text, at);
            at += size > 0 ? size : 1;
            continue;
        }
        if (!add_name(names, (Slice){text.at + at, end - at}))
            return false;
        at = skip_value(names, text, end);
    }
    return true;
}

/* `_OPEN`: the names of a tag that begins with a letter; `tag` ends where the next may begin. */
static bool add_tag(Names *names, Slice tag)
{
    const char *last = memchr(tag.at, '>', (size_t)tag.size);
    tag.size = last ? last - tag.at : tag.size;
    Py_ssize_t end = end_of(tag, 0, names->tag_ends);
    return add_name(names, (Slice){tag.at, end}) &&
           add_attributes(names, (Slice){tag.at + end, tag.size - end});
}

/* few_names(page, most) → whether its tags and attributes have so many different names at most */
PyObject *core_few_names(PyObject *module, PyObject *args)
{
    PyObject *page;
    Py_ssize_t most;
    Slice text;
    (void)module;
    if (!PyArg_ParseTuple(args, "Un", &page, &most) || !slice_of(page, &text))
        return NULL;
    Names *names = PyMem_Calloc(1, sizeof *names);
    if (names == NULL)
        return PyErr_NoMemory();
    fill_ends(names->tag_ends, "/<>");
    fill_ends(names->name_ends, "\"'<>/=");
    fill_ends(names->value_ends, "\"'<>");
    names->set = PySet_New(NULL);
    bool fine = names->set != NULL, few = true;
    const char *end = text.at + text.size, *at = memchr(text.at, '<', (size_t)text.size);
    while (fine && few && at != NULL) {
        const char *next = memchr(at + 1, '<', (size_t)(end - at - 1));
        Slice tag = {at + 1, (next ? next : end) - at - 1};
        bool slash = tag.size > 0 && tag.at[0] == '/';
        tag = (Slice){tag.at + slash, tag.size - slash};
        char first = tag.size > 0 ? (char)(tag.at[0] | 0x20) : 0;
        fine = first < 'a' || first > 'z' || add_tag(names, tag);
        few = PySet_Size(names->set) <= most;
        at = next;
    }
    Py_XDECREF(names->set);
    PyMem_Free(names);
    return fine ? PyBool_FromLong(few) : NULL;
}
