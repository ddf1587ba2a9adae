/* What the files that walk through a page of HTML share. They stand beside `blocks/walk.py`,
 * `element.py` and `gather.py`; the tables of those are handed over by `blocks/compiled_html.py`, and
 * what is rare is asked of them. */

#ifndef ARTICLECLI_WALK_H
#define ARTICLECLI_WALK_H

#include "phrases.h"
#include "room.h"

/* What a tag may be: each is a set of tags. */
#define TRAITS_USED(X)                                                                             \
    X(block) X(passed) X(pre) X(strong) X(emphasis) X(code) X(raised) X(link) X(table) X(rows)     \
    X(in_table) X(line) X(cell) X(item) X(ordered) X(list) X(line_break) X(noscript) X(quote)      \
    X(picture) X(no_line) X(apart) X(notes) X(notes_beside) X(time) X(term) X(dialog)
/* What a block may be; the first three are named below. */
#define KINDS_USED(X) X(heading) X(list_item) X(paragraph) X(caption) X(code) X(quote)
/* Python functions that are asked what is rare. */
#define ASKS_USED(X)                                                                               \
    X(is_hidden) X(picture) X(table) X(holds_blocks) X(numbering) X(number_of) X(columns_of)       \
    X(quotes) X(raised) X(ends_sentence) X(runs_on) X(cleaned) X(without_invisible) X(code_text)
#define SIZES_USED(X)                                                                              \
    X(WIDEST) X(MOST_EMPTY) X(LONGEST_PATH) X(LONGEST_MARKS) X(NESTED) X(TITLED) X(SMALLEST)       \
    X(EMOJI)
/* Names of attributes of pictures, and words in their classes and names. */
#define PICTURES_USED(X) X(SETS) X(ADDRESSES) X(SIGNS) X(PLACEHOLDERS)
#define CLASSES_USED(X) X(Block) X(Markup) X(Link) X(Mark) X(Image)
/* Attributes and methods of nodes and texts. */
#define WORDS_USED(X)                                                                              \
    X(tag) X(tag_id) X(attributes) X(text_content) X(first_child) X(next) X(isalnum) X(isupper) X(islower)   \
    X(isdecimal) X(lower) X(code) X(emphasis) X(strong) X(alt) X(class) X(width) X(height)

#define AS_TRAIT(name) T_##name,
#define AS_KIND(name) KIND_##name,
#define AS_ASK(name) ASK_##name,
#define AS_SIZE(name) S_##name,
#define AS_PICTURE(name) name,
#define AS_CLASS(name) MAKE_##name,
#define AS_WORD(name) W_##name,
enum { TRAITS_USED(AS_TRAIT) TRAIT_COUNT };
enum { NO_KIND, KINDS_USED(AS_KIND) KIND_COUNT };
enum { ASKS_USED(AS_ASK) ASK_COUNT };
enum { SIZES_USED(AS_SIZE) SIZE_COUNT };
enum { PICTURES_USED(AS_PICTURE) PICTURE_COUNT };
enum { CLASSES_USED(AS_CLASS) CLASS_COUNT };
enum { WORDS_USED(AS_WORD) WORD_COUNT };

#define KIND_SHIFT 32 /* traits below, the kind above */
#define IS(of, name) (((of)->traits >> T_##name & 1) != 0)
#define MOST_MARKED 16

enum { CODE = 1, EMPHASIS = 2, STRONG = 4 }; /* styles, in the order of their names */

/* Numbers of attributes that are no marks. */
enum {
    HIDDEN = MOST_MARKED, ARIA_HIDDEN, OPEN, STYLE, HREF, VALUE, START, REVERSED, COLSPAN, NAME_COUNT
};

typedef struct {
    Slice is;
    int number, next; /* the next one that is as long, -1 behind the last */
} Name;

#define LONGEST_NAME 15

typedef struct {
    PyObject *tags;         /* tag → its traits and kind, as one number */
    Name names[NAME_COUNT]; /* attributes: those of `MARKED` in their order, then those below */
    PyObject *named;        /* whose texts these are */
    PyObject *asks[ASK_COUNT], *make[CLASS_COUNT], *words[WORD_COUNT], *kinds[KIND_COUNT];
    PyObject *picture[PICTURE_COUNT]; /* tuples of texts */
    PyObject *nothing, *none, *blank; /* frozenset(), (), "" */
    long sizes[SIZE_COUNT];
    Set anchors, invisible;
    int by_size[LONGEST_NAME + 1]; /* the first of the names of a size, -1 of none */
} Given;

/* What an element's attributes say that is looked at; all borrowed. Most say little of it, so what
 * is not there is no NULL but a bit that is not set. */
typedef struct {
    uint32_t there;
    PyObject *named[NAME_COUNT];
} Said;

/* What an attribute says, borrowed: NULL where it is not there. */
static inline PyObject *told_by(const Said *said, int name)
{
    return said->there >> name & 1 ? said->named[name] : NULL;
}

typedef struct {
    char *at;
    Py_ssize_t used, room;
} Buffer;

/* `Element`: an open tag. All its texts are its own. */
typedef struct {
    PyObject *tag, *link, *quotes, *path, *marks;
    PyObject *raised; /* the tag of an element above it, borrowed */
    uint64_t traits;
    int64_t serial, up, table, row, cell, item, number, items, step;
    Py_ssize_t begun, columns, path_end, path_chars, marks_start, marks_end, marks_chars;
    long tables, level;
    uint8_t style, kind;
    bool block, strong, code, hidden, layout;
} Open;

/* A piece of text, and what is asked of its owner, which may be closed by then. */
typedef struct {
    PyObject *text, *tag, *link;
    Slice is;
    Py_ssize_t chars;
    int64_t serial, up;
    uint64_t traits;
    uint8_t style;
    bool block, strong, code, hidden;
} Piece;

/* What a number of the parser stands for; the numbers of tags that it does not know are large. */
typedef struct {
    PyObject *tag; /* NULL where none was met, `None` of what has none */
    Slice is;
    Py_ssize_t chars;
    uint64_t traits;
    bool joined; /* by `-` */
} Tag;

#define MOST_TAGS 256

/* How an attribute of nodes is read. */
typedef struct {
    getter get; /* NULL of one that is looked up each time */
    void *closure;
} Reader;

/* Where a walk stands. */
typedef struct {
    const Given *given;
    PyTypeObject *type; /* of nodes, borrowed from the root */
    Reader readers[WORD_COUNT];
    PyObject *language, *blocks, *images, *alone; /* `alone`: tag → a set of it and no other */
    Tag tags[MOST_TAGS];
    Open *stack;
    Py_ssize_t depth, stack_room;
    PyObject **nodes; /* those above the one that is looked at */
    Py_ssize_t above, nodes_room;
    Piece *pieces;
    Py_ssize_t used, pieces_room;
    Open first; /* the owner of the first piece, or of the last block's; of its texts, path and
                 * marks are this one's own */
    Buffer path, marks, own, raw, text;
    Py_ssize_t breaks, line;
    Py_ssize_t start; /* where the next block begins in the text of all */
    Py_ssize_t nested, kept; /* open `<noscript>`, and the characters in them; -1 without one */
    int64_t order, empty, passed;
    bool running, noscript, rows;
} Walk;

/* given.c */
extern const char GIVEN[];

/* walk.c */
bool add_bytes(Buffer *to, const char *at, Py_ssize_t size);
PyObject *ask(const Walk *walk, int which, PyObject *a, PyObject *b, PyObject *c);
int ask_flag(const Walk *walk, int which, PyObject *a, PyObject *b);

/* element.c */
bool enter(Walk *walk, PyObject *node, const Tag *tag, PyObject *attributes);
bool leave(Walk *walk);
void free_open(Open *open);

/* gather.c */
bool add_text(Walk *walk, PyObject *text, Open *owner);
bool append_text(Walk *walk, PyObject *text, Open *owner);
int char_is(const Walk *walk, Slice one, int method);
Slice first_char(Slice text);
bool is_blank(Slice text);
void drop_pieces(Walk *walk);

/* hidden.c */
int is_hidden(const Said *said, bool dialog);

/* pictures.c */
int read_picture(const Walk *walk, PyObject *attributes, PyObject **source, PyObject **alt);

/* pieces.c */
bool end_block(Walk *walk);
bool add_empty_cell(Walk *walk, const Open *cell, int64_t number);

static inline char small_byte(char byte)
{
    return byte >= 'A' && byte <= 'Z' ? (char)(byte + ('a' - 'A')) : byte;
}

static inline Py_ssize_t count_chars(Slice text)
{
    Py_ssize_t count = 0;
    for (Py_ssize_t i = 0; i < text.size; i++)
        count += ((unsigned char)text.at[i] & 0xC0) != 0x80;
    return count;
}

#endif
