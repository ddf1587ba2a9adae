/* Beside `blocks/pictures.py`: the plain pictures, which have one address and stand for no sign. */

#include "walk.h"
#include <string.h>

/* Whether a text holds one of some words, capitals of ASCII as small letters; -1 with an
 * exception. */
static int holds_any(Slice text, PyObject *words)
{
    for (Py_ssize_t i = 0; i < PyTuple_Size(words); i++) {
        Slice word;
        if (!slice_of(PyTuple_GetItem(words, i), &word))
            return -1;
        for (Py_ssize_t at = 0; at + word.size <= text.size; at++) {
            Py_ssize_t same = 0;
            while (same < word.size && small_byte(text.at[at + same]) == word.at[same])
                same++;
            if (same == word.size)
                return 1;
        }
    }
    return 0;
}

static bool is_ascii(Slice text)
{
    unsigned char all = 0;
    for (Py_ssize_t i = 0; i < text.size; i++)
        all |= (unsigned char)text.at[i];
    return all < 0x80;
}

/* An attribute's text, `blank` where it has none or is not there; false with an exception. */
static bool read_value(PyObject *attributes, PyObject *name, PyObject *blank, PyObject **to,
                       Slice *is)
{
    *to = PyDict_GetItemWithError(attributes, name);
    if (*to == NULL && PyErr_Occurred())
        return false;
    if (*to == NULL || *to == Py_None)
        *to = blank;
    return slice_of(*to, is);
}

/* `_address_of` for pictures without sets; a set is told as 0, -1 is an exception. */
static int read_address(const Walk *walk, PyObject *attributes, PyObject **to, Slice *is)
{
    PyObject *sets = walk->given->picture[SETS], *sources = walk->given->picture[ADDRESSES];
    for (Py_ssize_t i = 0; i < PyTuple_Size(sets); i++) {
        if (!read_value(attributes, PyTuple_GetItem(sets, i), walk->given->blank, to, is))
            return -1;
        if (is->size > 0)
            return 0;
    }
    for (Py_ssize_t i = 0; i < PyTuple_Size(sources); i++) {
        if (!read_value(attributes, PyTuple_GetItem(sources, i), walk->given->blank, to, is))
            return -1;
        if (is->size > 0 && (is->size < 5 || memcmp(is->at, "data:", 5) != 0))
            return 1;
    }
    *to = walk->given->blank;
    *is = (Slice){"", 0};
    return 1;
}

/* Whether a name is that of an icon; -1 with an exception. */
static int is_icon_name(const Walk *walk, Slice name)
{
    if (name.size >= 4) {
        const char *end = name.at + name.size - 4;
        if (end[0] == '.' && small_byte(end[1]) == 's' && small_byte(end[2]) == 'v' &&
            small_byte(end[3]) == 'g')
            return 1;
    }
    return holds_any(name, walk->given->picture[PLACEHOLDERS]);
}

/* Whether a declared size is that of an icon: 0 or 1, 2 where Python is to be asked. */
static int is_small(const Walk *walk, Slice size)
{
    long number = 0;
    if (!is_ascii(size))
        return 2;
    if (size.size == 0 || size.size > 8)
        return 0;
    for (Py_ssize_t i = 0; i < size.size; i++) {
        if (size.at[i] < '0' || size.at[i] > '9')
            return 0;
        number = number * 10 + (size.at[i] - '0');
    }
    return number < walk->given->sizes[S_SMALLEST];
}

/* The last part of an address, without what is asked for behind `?`. */
static Slice name_of(Slice address)
{
    const char *ask = memchr(address.at, '?', (size_t)address.size);
    const char *end = ask ? ask : address.at + address.size, *at = end;
    while (at > address.at && at[-1] != '/')
        at--;
    return (Slice){at, end - at};
}

/* `picture_of` for plain pictures: 1, 0 where Python is to be asked, -1 with an exception. Both
 * texts are borrowed. */
int read_picture(const Walk *walk, PyObject *attributes, PyObject **source, PyObject **alt)
{
    const Given *given = walk->given;
    PyObject *told;
    Slice is, address, value;
    if (!read_value(attributes, given->words[W_alt], given->blank, alt, &is))
        return -1;
    if (is.size > 0 && PyUnicode_GetLength(*alt) <= given->sizes[S_EMOJI]) {
        if (!read_value(attributes, given->words[W_class], given->blank, &told, &value))
            return -1;
        int sign = is_ascii(value) ? holds_any(value, given->picture[SIGNS]) : 1;
        if (sign != 0)
            return sign < 0 ? -1 : 0;
    }
    int fine = read_address(walk, attributes, source, &address);
    if (fine <= 0 || address.size == 0)
        return fine;
    Slice name = name_of(address);
    int icon = is_ascii(name) ? is_icon_name(walk, name) : 2;
    for (int i = 0; icon == 0 && i < 2; i++) {
        if (!read_value(attributes, given->words[i ? W_height : W_width], given->blank, &told,
                        &value))
            return -1;
        icon = is_small(walk, value);
    }
    if (icon == 1)
        *source = given->blank;
    return icon < 0 ? -1 : icon < 2;
}
