// Whether a letter holds each page of its form once. Pure.
#pragma once

#include <vector>

#include "ocr/form/form.hpp"
#include "page/separator.hpp"

namespace ocr {

page::FormPage page_of(const Form& form);

// `seen`: the forms' pages of one letter, in its order, as their print or their QR codes tell. A form has as
// many pages as `known` has files of its code and version, or more if a higher page was seen. Notes, each
// once: letter.second_form (a first page after another form's pages, or twice: a separator was missed),
// form.page_twice, form.page_missing.
std::vector<letter::Reason> form_page_notes(const std::vector<page::FormPage>& seen,
                                            const std::vector<Form>& known);

}  // namespace ocr
