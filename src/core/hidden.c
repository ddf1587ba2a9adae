/* Beside `blocks/hidden.py`: whether an element's own tag and attributes hide it. */

#include "walk.h"
#include <string.h>

static bool is_word(Slice text, const char *word)
{
    return text.size == (Py_ssize_t)strlen(word) && memcmp(text.at, word, (size_t)text.size) == 0;
}

static bool is_same(const char *at, const char *word, Py_ssize_t size)
{
    for (Py_ssize_t i = 0; i < size; i++)
        if (small_byte(at[i]) != word[i])
            return false;
    return true;
}

/* Whether a name stands before a colon and a value behind it, white space between them. */
static bool says(Slice style, Py_ssize_t colon, const char *name, const char *value)
{
    Py_ssize_t names = (Py_ssize_t)strlen(name), values = (Py_ssize_t)strlen(value);
    Py_ssize_t end = colon, at = colon + 1;
    while (end > 0 && space_size(style, end - 1) > 0)
        end--;
    while (at < style.size && space_size(style, at) > 0)
        at++;
    return end >= names && style.size - at >= values &&
           is_same(style.at + end - names, name, names) && is_same(style.at + at, value, values);
}

/* `_STYLE`: 1 or 0; 2 where Python is to be asked, for letters that fold to those of the words. */
static int hides(Slice style)
{
    const char *end = style.at + style.size, *colon;
    for (Py_ssize_t i = 0; i < style.size; i++)
        if ((unsigned char)style.at[i] >= 0x80)
            return 2;
    for (const char *at = style.at; (colon = memchr(at, ':', (size_t)(end - at))); at = colon + 1)
        if (says(style, colon - style.at, "display", "none") ||
            says(style, colon - style.at, "visibility", "hidden"))
            return 1;
    return 0;
}

/* `is_hidden`: 1 or 0, 2 where Python is to be asked; -1 with an exception. */
int is_hidden(const Said *said, bool dialog)
{
    PyObject *hidden = told_by(said, HIDDEN), *aria = told_by(said, ARIA_HIDDEN);
    PyObject *style = told_by(said, STYLE);
    Slice told;
    if (hidden != NULL) {
        if (hidden == Py_None)
            return 1;
        return slice_of(hidden, &told) ? !is_word(told, "until-found") : -1;
    }
    if (aria != NULL && aria != Py_None) {
        if (!slice_of(aria, &told))
            return -1;
        if (is_word(told, "true"))
            return 1;
    }
    if (dialog && told_by(said, OPEN) == NULL)
        return 1;
    if (style == NULL || style == Py_None)
        return 0;
    return slice_of(style, &told) ? hides(told) : -1;
}
