// Whether two names or numbers may be the same though one of them was misread. Pure; works on folded text.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace router {

// The least that must be misread to take one for the other: letters that readers confuse (O and 0, I and L,
// U and V, M and N) cost 0.4, thin strokes that appear or vanish 0.4, other strokes 0.8, anything else 1.
double reading_distance(std::string_view one, std::string_view other);

// At most 15 in 100 of the longer text misread, and never more than 2.5.
bool nearly_same(std::string_view one, std::string_view other);

// A person's names in alphabetical order, without "M.", "Mme", "Docteur": "Mme Anaïs LEFÈVRE" and
// "LEFEVRE ANAIS" are "ANAIS LEFEVRE".
std::vector<std::string> name_words(std::string_view folded);
std::string person(std::string_view folded);

// What is left of a name when what readers and ears confuse is made alike and inner vowels are dropped:
// "LEFEVRE" and "LEFEBVRE" are "LFR". Words in alphabetical order.
std::string skeleton(std::string_view person);

}  // namespace router
