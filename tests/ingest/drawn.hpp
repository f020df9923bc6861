// Files drawn for a test: what a scanner could have made.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace ingest {

std::string drawn_png();   // 1 x 1, whole
std::string drawn_jpeg();  // its structure alone: enough where no pixel is decoded

enum class Packing { none, g4, lzw, deflate };
// Bilevel pages of 64 x 40 in several strips, each page with a pattern of its own.
std::string drawn_tiff(std::uint32_t pages, Packing packing = Packing::g4, const char* order = "wl");
// The pixels of every page, as libtiff decodes them; empty where it cannot.
std::vector<std::vector<std::uint32_t>> pixels_of(const std::string& tiff);

// Pages of 100 x 200 points, each with a line of its own.
std::string drawn_pdf(std::uint32_t pages);
std::string locked_pdf(const std::string& pdf, const std::string& user_password);
std::vector<std::string> contents_of(const std::string& pdf);  // the content stream of every page

}  // namespace ingest
