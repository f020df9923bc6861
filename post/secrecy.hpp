// What no letter may say: a word of anybody's health (domain rule 1.3.2).
#pragma once

#include "letter/result.hpp"
#include "letter/text.hpp"

namespace post {

// Fault post.health_word; the reason does not repeat the word.
letter::Result<void> is_discreet(const letter::PersonalText& text);

}  // namespace post
