/* Beside `blocks/walk.py`: one pass over the nodes of a page. */

#include "walk.h"
#include <string.h>

bool add_bytes(Buffer *to, const char *at, Py_ssize_t size)
{
    if (size > to->room - to->used) {
        char *made = NULL;
        Py_ssize_t more = 0;
        if (size <= PY_SSIZE_T_MAX / 4 - to->used) {
            more = 2 * (to->used + size);
            made = PyMem_Realloc(to->at, (size_t)more);
        }
        if (made == NULL) {
            PyErr_NoMemory();
            return false;
        }
        to->at = made;
        to->room = more;
    }
    memcpy(to->at + to->used, at, (size_t)size);
    to->used += size;
    return true;
}

PyObject *ask(const Walk *walk, int which, PyObject *a, PyObject *b, PyObject *c)
{
    return PyObject_CallFunctionObjArgs(walk->given->asks[which], a, b, c, NULL);
}

int ask_flag(const Walk *walk, int which, PyObject *a, PyObject *b)
{
    PyObject *said = ask(walk, which, a, b, NULL);
    int found = said ? PyObject_IsTrue(said) : -1;
    Py_XDECREF(said);
    return found;
}

static PyObject *get_word(const Walk *walk, PyObject *of, int word)
{
    const Reader *reader = &walk->readers[word];
    if (reader->get != NULL && Py_TYPE(of) == walk->type)
        return reader->get(of, reader->closure);
    return PyObject_GetAttr(of, walk->given->words[word]);
}

/* How nodes are asked: what a type of C has for an attribute is what looking it up by its name
 * comes to, some thousand times a page. */
static bool read_type(Walk *walk, PyObject *node)
{
    static const int ASKED[] = {W_tag, W_tag_id, W_attributes, W_text_content, W_first_child, W_next};
    walk->type = Py_TYPE(node);
    const PyGetSetDef *each = PyType_GetSlot(walk->type, Py_tp_getset);
    for (; each != NULL && each->name != NULL; each++)
        for (size_t i = 0; i < sizeof ASKED / sizeof *ASKED; i++) {
            Slice name;
            if (!slice_of(walk->given->words[ASKED[i]], &name))
                return false;
            if (strcmp(each->name, name.at) == 0)
                walk->readers[ASKED[i]] = (Reader){each->get, each->closure};
        }
    return true;
}

/* Whether a text is the sign beside a heading that links to itself: `_is_anchor`. */
static bool is_anchor(const Walk *walk, Slice text)
{
    const Open *at = &walk->stack[walk->depth - 1];
    while (text.size > 0 && space_size(text, 0) > 0) {
        Py_ssize_t size = space_size(text, 0);
        text.at += size;
        text.size -= size;
    }
    if (text.size == 0 || !holds(&walk->given->anchors, text, 0))
        return false;
    Slice rest = {text.at + char_size(text, 0), text.size - char_size(text, 0)};
    if (!is_blank(rest) || at->link == NULL || PyUnicode_GetLength(at->link) == 0 ||
        PyUnicode_ReadChar(at->link, 0) != '#')
        return false;
    while (!at->block && at > walk->stack)
        at--;
    return at->block && (IS(at, term) || at->traits >> KIND_SHIFT == KIND_heading);
}

/* Whether text after `<br>` goes on with the sentence above, as 1 or 0; -1 with an exception. */
static int goes_on(const Walk *walk, PyObject *text, Slice is)
{
    Py_ssize_t size;
    while (is.size > 0 && (size = space_size(is, 0)) > 0) {
        is.at += size;
        is.size -= size;
    }
    int small = walk->breaks == 1 ? char_is(walk, first_char(is), W_islower) : 0;
    if (small <= 0)
        return small;
    PyObject *list = PyList_New(0);
    bool fine = list != NULL;
    for (Py_ssize_t i = walk->line; fine && i < walk->used; i++)
        fine = PyList_Append(list, walk->pieces[i].text) == 0;
    int found = fine ? ask_flag(walk, ASK_runs_on, list, text) : -1;
    Py_XDECREF(list);
    return found;
}

/* `Walker.text`: a piece of text, which goes on with the block or begins one. */
static bool visit_text(Walk *walk, PyObject *text)
{
    Slice is;
    if (walk->passed || walk->depth == 0)
        return true;
    if (!slice_of(text, &is))
        return false;
    bool space = is.size > 0 && is_blank(is), fine = true;
    Open *owner = &walk->stack[walk->depth - 1];
    if ((PyUnicode_GetLength(text) < 3 && is_anchor(walk, is)) || (space && IS(owner, in_table)))
        return true;
    Py_INCREF(text);
    if (walk->breaks > 0 && !space) {
        int on = goes_on(walk, text, is);
        fine = on >= 0;
        if (on > 0) {
            walk->breaks = 0;
            walk->line = walk->used;
            PyObject *apart = PyUnicode_FromFormat(" %U", text);
            Py_DECREF(text);
            text = apart;
            fine = text != NULL;
        } else if (fine) {
            fine = end_block(walk);
        }
    }
    if (fine && (walk->used > 0 || owner->code || !space))
        fine = add_text(walk, text, owner);
    Py_XDECREF(text);
    return fine;
}

static bool visit_break(Walk *walk)
{
    if (walk->depth == 0 || !walk->stack[walk->depth - 1].code) {
        walk->breaks += walk->used > 0;
        return true;
    }
    if (walk->used == 0)
        return true;
    PyObject *line = PyUnicode_FromStringAndSize("\n", 1);
    bool fine = line != NULL && append_text(walk, line, &walk->stack[walk->depth - 1]);
    Py_XDECREF(line);
    return fine;
}

/* `Walker.quote`: the signs about a `<q>` are not in the text. */
static bool visit_quote(Walk *walk, PyObject *node)
{
    Open *open = &walk->stack[walk->depth - 1];
    PyObject *start;
    if (walk->passed)
        return true;
    PyObject *signs = ask(walk, ASK_quotes, walk->language, node, NULL);
    if (signs == NULL || !PyArg_ParseTuple(signs, "UU", &start, &open->quotes)) {
        open->quotes = NULL;
        Py_XDECREF(signs);
        return false;
    }
    Py_INCREF(open->quotes);
    bool fine = PyUnicode_GetLength(start) == 0 || add_text(walk, start, open);
    Py_DECREF(signs);
    return fine;
}

static bool add_image(Walk *walk, PyObject *source, PyObject *alt)
{
    PyObject *block = PyLong_FromSsize_t(PyList_Size(walk->blocks)), *image = NULL;
    if (block != NULL)
        image = PyObject_CallFunctionObjArgs(walk->given->make[MAKE_Image], source, alt, block,
                                             NULL);
    bool fine = image != NULL && PyList_Append(walk->images, image) == 0;
    Py_XDECREF(block);
    Py_XDECREF(image);
    return fine;
}

/* `Walker.picture`: an emoji is text, an icon nothing, others are noted. */
static bool visit_picture(Walk *walk, PyObject *attributes)
{
    PyObject *sign = walk->given->blank, *source, *alt, *told;
    if (walk->passed)
        return true;
    int plain = read_picture(walk, attributes, &source, &alt);
    if (plain > 0)
        told = source;
    else
        told = plain == 0 ? ask(walk, ASK_picture, attributes, NULL, NULL) : NULL;
    bool fine = told != NULL && (plain > 0 || PyArg_ParseTuple(told, "UUU", &sign, &source, &alt));
    if (fine && PyUnicode_GetLength(sign) > 0 && walk->used > 0)
        fine = add_text(walk, sign, &walk->stack[walk->depth - 1]);
    else if (fine && walk->breaks > 0)
        fine = end_block(walk);
    if (fine && PyUnicode_GetLength(source) > 0)
        fine = add_image(walk, source, alt);
    Py_XDECREF(told);
    return fine;
}

static bool visit_element(Walk *walk, PyObject *node, const Tag *tag)
{
    PyObject *attributes = get_word(walk, node, W_attributes);
    bool fine = attributes != NULL && enter(walk, node, tag, attributes);
    if (fine && tag->traits >> T_picture & 1)
        fine = visit_picture(walk, attributes);
    else if (fine && tag->traits >> T_quote & 1)
        fine = visit_quote(walk, node);
    if (fine && tag->traits >> T_noscript & 1) {
        walk->nested++;
        walk->kept = walk->kept < 0 ? 0 : walk->kept;
        if (!walk->noscript)
            walk->passed = walk->stack[walk->depth - 1].serial;
    }
    Py_XDECREF(attributes);
    return fine;
}

static bool leave_to(Walk *walk, Py_ssize_t depth)
{
    bool fine = true;
    while (fine && walk->depth > depth)
        fine = leave(walk);
    return fine;
}

/* The tag of a node and its traits; what was met before is known by its number. */
static bool read_tag(Walk *walk, PyObject *node, Tag *to)
{
    PyObject *told = get_word(walk, node, W_tag_id);
    size_t number = told && PyLong_Check(told) ? PyLong_AsSize_t(told) : MOST_TAGS;
    Py_XDECREF(told);
    if (PyErr_Occurred()) /* numbers that are no size */
        PyErr_Clear();
    if (number < MOST_TAGS && walk->tags[number].tag != NULL) {
        *to = walk->tags[number];
        Py_INCREF(to->tag);
        return true;
    }
    *to = (Tag){.tag = get_word(walk, node, W_tag)};
    if (to->tag == NULL || to->tag == Py_None)
        return to->tag != NULL;
    PyObject *found = PyDict_GetItemWithError(walk->given->tags, to->tag);
    if (found != NULL)
        to->traits = PyLong_AsUnsignedLongLong(found);
    if (PyErr_Occurred() || !slice_of(to->tag, &to->is)) {
        Py_DECREF(to->tag);
        return false;
    }
    to->chars = count_chars(to->is);
    to->joined = memchr(to->is.at, '-', (size_t)to->is.size) != NULL;
    if (number < MOST_TAGS) {
        walk->tags[number] = *to;
        Py_INCREF(to->tag);
    }
    return true;
}

/* `text` is that of the node, NULL where it is a comment. */
static bool visit_leaf(Walk *walk, PyObject *text)
{
    Slice told = {"", 0};
    if (text == Py_None)
        text = walk->given->blank;
    if (text != NULL && !slice_of(text, &told))
        return false;
    /* Half of all pieces: white space between tags, which no block begins with. */
    bool idle = walk->used == 0 && walk->nested == 0 && told.size > 0 && is_blank(told);
    if (idle && !(walk->depth > 0 && walk->stack[walk->depth - 1].code))
        return true;
    if (!leave_to(walk, walk->above))
        return false;
    if (walk->nested > 0)
        walk->kept += walk->nested * count_chars(told);
    return text == NULL || visit_text(walk, text);
}

/* One node; whether those inside it are to be looked at. */
static bool visit(Walk *walk, PyObject *node, bool *into)
{
    Tag own;
    bool fine = true;
    *into = false;
    if (!read_tag(walk, node, &own))
        return false;
    if (own.is.size == 0 || own.is.at[0] == '-') {
        bool is_text = own.is.size > 1 && own.is.at[1] == 't';
        PyObject *text = is_text ? get_word(walk, node, W_text_content) : NULL;
        fine = (text != NULL || !is_text) && visit_leaf(walk, text);
        Py_XDECREF(text);
    } else if (!(own.traits >> T_passed & 1)) {
        *into = !(own.traits >> T_line_break & 1);
        fine = leave_to(walk, walk->above) &&
               (*into ? visit_element(walk, node, &own) : visit_break(walk));
    }
    Py_DECREF(own.tag);
    return fine;
}

/* All nodes from one down, in document order. */
static bool walk_down(Walk *walk, PyObject *node)
{
    Py_INCREF(node);
    while (node != NULL) {
        bool into;
        PyObject *next = NULL;
        bool fine = visit(walk, node, &into);
        if (fine && into) {
            next = get_word(walk, node, W_first_child);
            fine = next != NULL;
        }
        if (fine && next != NULL && next != Py_None) {
            if (walk->above < walk->nodes_room ||
                grow((void **)&walk->nodes, &walk->nodes_room, sizeof(PyObject *))) {
                walk->nodes[walk->above++] = node;
                node = next;
                continue;
            }
            fine = false;
        }
        Py_XDECREF(next);
        next = NULL;
        while (fine && walk->above > 0) {
            next = get_word(walk, node, W_next);
            fine = next != NULL;
            if (next != Py_None)
                break;
            Py_CLEAR(next);
            Py_DECREF(node);
            node = walk->nodes[--walk->above];
        }
        Py_DECREF(node);
        if (!fine)
            return false;
        node = next;
    }
    return true;
}

static void free_walk(Walk *walk)
{
    drop_pieces(walk);
    while (walk->depth > 0)
        free_open(&walk->stack[--walk->depth]);
    while (walk->above > 0)
        Py_DECREF(walk->nodes[--walk->above]);
    for (int i = 0; i < MOST_TAGS; i++)
        Py_XDECREF(walk->tags[i].tag);
    Py_XDECREF(walk->first.path);
    Py_XDECREF(walk->first.marks);
    PyMem_Free(walk->stack);
    PyMem_Free(walk->nodes);
    PyMem_Free(walk->pieces);
    PyMem_Free(walk->path.at);
    PyMem_Free(walk->marks.at);
    PyMem_Free(walk->own.at);
    PyMem_Free(walk->raw.at);
    PyMem_Free(walk->text.at);
    Py_XDECREF(walk->blocks);
    Py_XDECREF(walk->images);
    Py_XDECREF(walk->alone);
}

/* walk(tables, root, noscript, language, above, start) → (blocks, images, rows, kept) */
PyObject *core_walk(PyObject *module, PyObject *args)
{
    PyObject *capsule, *root, *language, *above, *made = NULL;
    Py_ssize_t start;
    int noscript;
    (void)module;
    if (!PyArg_ParseTuple(args, "OOpUO!n", &capsule, &root, &noscript, &language, &PyList_Type,
                          &above, &start))
        return NULL;
    Walk walk = {.given = held(capsule, GIVEN), .language = language, .noscript = noscript,
                 .start = start, .kept = -1};
    if (walk.given == NULL)
        return NULL;
    if (start < 0 || start > PY_SSIZE_T_MAX / 2) {
        PyErr_SetString(PyExc_OverflowError, "a page is too long");
        return NULL;
    }
    walk.blocks = PySequence_List(above);
    walk.images = PyList_New(0);
    walk.alone = PyDict_New();
    bool fine = walk.blocks != NULL && walk.images != NULL && walk.alone != NULL;
    Buffer *buffers[] = {&walk.path, &walk.marks, &walk.own, &walk.raw, &walk.text};
    for (int i = 0; fine && i < 5; i++) { /* none is NULL from here on */
        fine = add_bytes(buffers[i], "", 1);
        buffers[i]->used = 0;
    }
    if (fine && read_type(&walk, root) && walk_down(&walk, root) && end_block(&walk))
        made = Py_BuildValue("(OOOn)", walk.blocks, walk.images, walk.rows ? Py_True : Py_False,
                             walk.kept);
    free_walk(&walk);
    return made;
}
