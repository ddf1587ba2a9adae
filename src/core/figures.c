/* Beside `text/figures.py`: which lines have a figure, without which there is no date. */

#include "phrases.h"

/* Characters beyond ASCII among which no figure is, first and last: letters of Europe and Hebrew;
 * signs, kana and ideographs; Hangul; pictures. A line with others is Python's to judge. */
static const Py_UCS4 NO_FIGURES[][2] = {
    {0x80, 0x65F}, {0x1C5A, 0xA61F}, {0xAC00, 0xFF0F}, {0x1F000, 0x1FBEF}};
static const Py_UCS4 YEARS[] = {0x5E74, 0xB144, 0x5EA};

/* 1 for yes, 0 for no, -1 for what Python has to say. */
static int holds_figure(Slice text)
{
    int found = 0;
    for (Py_ssize_t at = 0; at < text.size;) {
        unsigned char byte = (unsigned char)text.at[at];
        if (byte < 128) {
            if (byte >= '0' && byte <= '9')
                return 1;
            at++;
            continue;
        }
        Py_ssize_t size = char_size(text, at);
        Py_UCS4 c = size == 2 ? byte & 31u : size == 3 ? byte & 15u : byte & 7u;
        for (Py_ssize_t i = 1; i < size; i++)
            c = c << 6 | ((unsigned char)text.at[at + i] & 63u);
        for (size_t i = 0; i < sizeof YEARS / sizeof *YEARS; i++)
            if (c == YEARS[i])
                return 1;
        bool none = false;
        for (size_t i = 0; i < sizeof NO_FIGURES / sizeof *NO_FIGURES; i++)
            none |= c >= NO_FIGURES[i][0] && c <= NO_FIGURES[i][1];
        if (!none)
            found = -1;
        at += size;
    }
    return found;
}

/* with_figure(ask, lines) → those that have one; `ask` is asked of few. */
PyObject *core_with_figure(PyObject *module, PyObject *args)
{
    PyObject *ask, *lines;
    (void)module;
    if (!PyArg_ParseTuple(args, "OO!", &ask, &PyList_Type, &lines))
        return NULL;
    PyObject *out = PyList_New(0);
    for (Py_ssize_t i = 0; out != NULL && i < PyList_Size(lines); i++) {
        PyObject *line = Py_NewRef(PyList_GetItem(lines, i)); /* what is asked might drop it */
        Slice text;
        int found = -2;
        if (!PyUnicode_Check(line))
            PyErr_SetString(PyExc_TypeError, "a line is no text");
        else if (slice_of(line, &text))
            found = holds_figure(text);
        if (found == -1) {
            PyObject *said = PyObject_CallFunctionObjArgs(ask, line, NULL);
            found = said ? PyObject_IsTrue(said) : -1;
            Py_XDECREF(said);
        }
        if (found < 0 || (found && PyList_Append(out, line) < 0))
            Py_CLEAR(out);
        Py_DECREF(line);
    }
    return out;
}
