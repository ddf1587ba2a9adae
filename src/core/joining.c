/* Beside `blocks/joining.py`: which rows go on with the row above them, and how wide a page is.
 *
 * What few pages have is left to Python: a function here that cannot tell says so. */

#include "joining.h"

/* Whether a character is of a class; -1 with an exception. */
int is_of_class(const Joiner *joiner, Py_UCS4 c, int class)
{
    int found = class_of(joiner->calls[AT_class_of], c);
    return found < 0 ? -1 : (found & class) != 0;
}

int ends_inside_word(const Joiner *joiner, const Row *row, const Row *after)
{
    if (!has(&joiner->sets[AT_hyphens], row->last) || row->length < 2)
        return 0;
    int alpha = is_of_class(joiner, PyUnicode_ReadChar(row->text, row->length - 2), ALPHA);
    return alpha == 1 ? is_of_class(joiner, after->first, LOWER) : alpha;
}

/* `_is_full` */
static int is_full(const Joiner *joiner, const Row *row, const Row *after, long width)
{
    int inside = ends_inside_word(joiner, row, after);
    if (inside)
        return inside;
    Py_ssize_t word = 1;
    if (after->first < UNSPACED) {
        word = PyUnicode_FindChar(after->text, ' ', 0, after->length, 1);
        if (word < 0)
            word = after->length;
    }
    return row->width + 1 + word > width;
}

/* `goes_on` of `sentences.py`; ASK where a line begins with a quote. */
static int goes_on(const Joiner *joiner, const Row *row, const Row *after, long known)
{
    long running = joiner->numbers[AT_running];
    if (has(&joiner->sets[AT_speech], after->first))
        return ASK;
    if (has(&joiner->sets[AT_closers], after->first)) {
        if (row->length > running)
            return 1;
        bool dots = after->first == '.' && after->length > 2 &&
                    PyUnicode_ReadChar(after->text, 1) == '.' &&
                    PyUnicode_ReadChar(after->text, 2) == '.';
        return !dots && after->first != 0x2026;
    }
    if (row->length < running && after->length < running && known < running)
        return 0;
    if (row->last == ',' || has(&joiner->sets[AT_openers], row->last))
        return 1;
    if (has(&joiner->sets[AT_terminal], row->last))
        return 0;
    return is_of_class(joiner, after->first, LOWER);
}

/* Whether a line has as few words as a byline, or one a little longer. */
static bool is_short(const Joiner *joiner, const Row *row)
{
    Py_ssize_t words = 0;
    Py_UCS4 before = ' ';
    for (Py_ssize_t i = 0; i < row->length && words <= joiner->numbers[AT_byline]; i++) {
        Py_UCS4 c = PyUnicode_ReadChar(row->text, i);
        words += before == ' ' && c != ' ';
        before = c;
    }
    return words <= joiner->numbers[AT_byline];
}

/* `continues`: whether row i goes on with the run that begins with row `start`. */
int continues(const Page *page, Py_ssize_t start, Py_ssize_t i, bool silent)
{
    const Joiner *joiner = page->joiner;
    const Row *row = &page->rows[i], *last = row - 1;
    const Row *after = i + 1 < page->count ? row + 1 : NULL;
    if (row->kind == CODE)
        return last->kind == CODE ? ASK : 0;
    if (row->silent || silent)
        return 1;
    if (row->blank_lines || row->cut || row->told || last->told)
        return 0;
    if (row->kind == TABLE || last->kind == TABLE)
        return 0;
    if ((row->kind == QUOTE && last->kind == QUOTE) || row->joined)
        return 1;
    if (row->kind != PLAIN || last->kind == HEADING || last->kind == CODE)
        return 0;
    int found = ends_inside_word(joiner, last, row);
    if (found)
        return found;
    if (page->width >= 0)
        return is_full(joiner, last, row, page->width);
    found = goes_on(joiner, last, row, 0);
    if (found == 1)
        return i - start == 1 && is_short(joiner, row) ? ASK : 1;
    if (found)
        return found;
    if (after == NULL || after->blank_lines || after->kind != PLAIN ||
        last->length <= joiner->numbers[AT_running] || row->length >= joiner->numbers[AT_name] ||
        has(&joiner->sets[AT_terminal], last->last))
        return 0;
    found = goes_on(joiner, row, after, joiner->numbers[AT_running]);
    return found == 1 ? ASK : found;
}

/* A long address may stick out of any column. */
static bool may_be_longest(const Row *row, long address)
{
    Py_ssize_t size;
    if (row->length < address || PyUnicode_FindChar(row->text, ' ', 0, row->length, 1) >= 0)
        return true;
    if (PyUnicode_AsUTF8AndSize(row->text, &size) == NULL) { /* lone surrogates */
        PyErr_Clear();
        return true;
    }
    return size > row->length;
}

/* `wrap_width`, of the rows that no form tells anything of. */
bool page_width(Page *page)
{
    const Joiner *joiner = page->joiner;
    const long *numbers = joiner->numbers;
    Py_ssize_t longest = 0, full = 0, candidates = 0, going_on = 0;
    const Row *row = NULL;
    page->width = -1;
    for (Py_ssize_t i = 0; i < page->count; i++) {
        row = &page->rows[i];
        if (!row->told && row->width > longest && may_be_longest(row, numbers[AT_address]))
            longest = row->width;
    }
    if (longest > numbers[AT_most_width] || longest < numbers[AT_least_width])
        return true;
    if (longest < numbers[AT_usual_width]) {
        int hyphenated = is_hyphenated(page, false);
        if (hyphenated < 1)
            return hyphenated == 0;
    }
    row = NULL;
    for (Py_ssize_t i = 0; i < page->count; i++) {
        const Row *after = &page->rows[i];
        if (after->told)
            continue;
        const Row *before = row;
        row = after;
        if (before == NULL || 100 * before->width < numbers[AT_near] * longest)
            continue;
        candidates++;
        int found = after->blank_lines ? 0 : is_full(joiner, before, after, (long)longest);
        if (found < 0)
            return false;
        if (!found)
            continue;
        full++;
        /* In a script without spaces and capitals the stop at a line's end tells. */
        if (after->first >= UNSPACED) {
            going_on += !has(&joiner->sets[AT_terminal], before->last);
        } else if (100 * after->width >= numbers[AT_near] * longest) {
            going_on++;
        } else {
            int small = is_of_class(joiner, after->first, LOWER);
            if (small < 0)
                return false;
            going_on += small;
        }
    }
    if (full >= numbers[AT_least_full] && 100 * full >= numbers[AT_full] * candidates &&
        100 * going_on >= numbers[AT_going_on] * full)
        page->width = (long)longest;
    return true;
}

int is_hyphenated(const Page *page, bool all)
{
    const Joiner *joiner = page->joiner;
    Py_ssize_t found = 0, running = 0;
    const Row *row = NULL;
    for (Py_ssize_t i = 0; i < page->count; i++) {
        const Row *before = row, *after = &page->rows[i];
        if (after->told && !all)
            continue;
        row = after;
        if (before == NULL || after->blank_lines || has(&joiner->sets[AT_terminal], before->last))
            continue;
        int small = is_of_class(joiner, after->first, LOWER);
        int inside = small == 1 ? ends_inside_word(joiner, before, after) : small;
        if (inside < 0)
            return -1;
        running += small;
        found += inside;
    }
    return found >= joiner->numbers[AT_many_hyphens] &&
           100 * found >= joiner->numbers[AT_hyphen_share] * running;
}
