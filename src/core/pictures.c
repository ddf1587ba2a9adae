/* Beside `blocks/pictures.py`: the plain pictures, which stand for no sign. */

#include "walk.h"
#include <string.h>

#define LONGEST_WIDTH 10 /* characters of a width and its unit */

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

/* The width behind an address of a set, its unit left out: -1 where Python is to be asked. */
static double width_of(Slice size)
{
    static const double TENS[] = {1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9};
    int64_t number = 0;
    Py_ssize_t dot = -1;
    if (size.size < 2)
        return 0;
    if (size.size > LONGEST_WIDTH)
        return -1;
    size.size--;
    for (Py_ssize_t i = 0; i < size.size; i++) {
        char sign = size.at[i];
        if (sign == '.' && dot < 0)
            dot = i;
        else if (sign < '0' || sign > '9')
            return 0;
        else
            number = number * 10 + (sign - '0');
    }
    if (dot >= 0 && size.size == 1)
        return 0;
    /* Both are exact, and so is what Python reads of a number of so few figures. */
    return (double)number / TENS[dot < 0 ? 0 : size.size - dot - 1];
}

/* A text without the white space about it. */
static Slice strip(Slice text)
{
    while (text.size > 0 && space_size(text, 0) > 0) {
        text.at++;
        text.size--;
    }
    while (text.size > 0 && space_size(text, text.size - 1) > 0)
        text.size--;
    return text;
}

static bool is_data(Slice address)
{
    return address.size >= 5 && memcmp(address.at, "data:", 5) == 0;
}

/* Where a choice of a set ends. */
static const char *next_choice(const char *at, const char *end)
{
    for (const char *comma; (comma = memchr(at, ',', (size_t)(end - at))) != NULL; at = comma + 1)
        if (end - comma > 1 && comma[1] == ' ')
            return comma;
    return end;
}

/* The widest of a set, empty where none is left: 1, 0 where Python is to be asked. */
static int read_widest(Slice set, Slice *to)
{
    const char *at = set.at, *end = set.at + set.size, *next;
    double widest = -1;
    *to = (Slice){"", 0};
    if (!is_ascii(set))
        return 0;
    for (; at != NULL; at = next < end ? next + 2 : NULL) { /* behind a comma and a blank */
        next = next_choice(at, end);
        Slice choice = strip((Slice){at, next - at}), address = choice, size = {"", 0};
        const char *gap = memchr(choice.at, ' ', (size_t)choice.size);
        if (gap != NULL) {
            address.size = gap - choice.at;
            size = (Slice){gap + 1, choice.size - address.size - 1};
        }
        double width = width_of(size);
        if (width < 0)
            return 0;
        if (width > widest && address.size > 0 && !is_data(address)) {
            widest = width;
            *to = address;
        }
    }
    return 1;
}

/* `_address_of`: 1, 0 where Python is to be asked, -1 with an exception. */
static int read_address(const Walk *walk, PyObject *attributes, PyObject **to, Slice *is)
{
    PyObject *sets = walk->given->picture[SETS], *sources = walk->given->picture[ADDRESSES];
    PyObject *told;
    for (Py_ssize_t i = 0; i < PyTuple_Size(sets); i++) {
        if (!read_value(attributes, PyTuple_GetItem(sets, i), walk->given->blank, &told, is))
            return -1;
        if (is->size == 0)
            continue;
        if (!read_widest(*is, is))
            return 0;
        if (is->size > 0) {
            *to = PyUnicode_FromStringAndSize(is->at, is->size);
            return *to != NULL ? 1 : -1;
        }
    }
    for (Py_ssize_t i = 0; i < PyTuple_Size(sources); i++) {
        if (!read_value(attributes, PyTuple_GetItem(sources, i), walk->given->blank, &told, is))
            return -1;
        if (is->size > 0 && !is_data(*is)) {
            Py_INCREF(*to = told);
            return 1;
        }
    }
    Py_INCREF(*to = walk->given->blank);
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

/* Whether a picture with an address is an icon: 0 or 1, 2 where Python is to be asked; -1 with an
 * exception. */
static int is_icon(const Walk *walk, PyObject *attributes, Slice address)
{
    Slice name = name_of(address), value;
    PyObject *told;
    int icon = is_ascii(name) ? is_icon_name(walk, name) : 2;
    for (int i = 0; icon == 0 && i < 2; i++) {
        PyObject *asked = walk->given->words[i ? W_height : W_width];
        if (!read_value(attributes, asked, walk->given->blank, &told, &value))
            return -1;
        icon = is_small(walk, value);
    }
    return icon;
}

/* `picture_of` for plain pictures: 1, 0 where Python is to be asked, -1 with an exception. With 1
 * the source is a new reference; the other text is borrowed. */
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
    int icon = is_icon(walk, attributes, address);
    if (icon != 0)
        Py_DECREF(*source);
    if (icon == 1)
        Py_INCREF(*source = given->blank);
    return icon < 0 ? -1 : icon < 2;
}
