// Letters made by hand for the register's tests.
#pragma once

#include <gtest/gtest.h>

#include "letter/wire.hpp"
#include "router/store.hpp"

namespace made {

inline letter::Day on(const char* iso) { return letter::parse_day(iso).value(); }
inline letter::Instant at(const char* iso) { return letter::parse_instant(iso).value(); }

// Monday 23 November 2026, 9:15 in Paris.
inline letter::Instant monday_morning() { return at("2026-11-23T08:15:00.000Z"); }

inline letter::Field text_field(const char* id, const char* text) {
  letter::Field field;
  field.id = id;
  field.text = letter::PersonalText(text);
  field.confidence = 0.6;
  field.verdict = letter::Verdict::to_confirm;
  return field;
}

inline letter::Field tick_field(const char* id, letter::TickState state) {
  letter::Field field;
  field.id = id;
  field.how = letter::How::tick;
  field.tick = state;
  field.confidence = 0.9;
  field.verdict = letter::Verdict::accepted;
  return field;
}

inline letter::Master master() {
  letter::Master file;
  file.sha256 = std::string(64, 'a');
  file.bytes = 10;
  file.media_type = "image/png";
  file.pages = 1;
  return file;
}

// A complaint that arrived on that Monday with one page, by default for incapacite_invalidite.
inline letter::SortedLetter sorted(std::uint32_t number,
                                   letter::Queue queue = letter::Queue::incapacite_invalidite) {
  letter::SortedLetter value;
  letter::Letter& mail = value.read.letter;
  mail.id = {"LYON1", number};
  mail.box = letter::PostBox::tsa_20202;
  mail.received_at = monday_morning();
  mail.arrived_on = on("2026-11-23");
  mail.masters = {master()};
  mail.pages.resize(1);
  value.read.form = "reclamation";
  value.read.form_version = 1;
  value.read.fields = {text_field("NOM_USAGE", "DUPONT"), text_field("PRENOM", "MARIE"),
                       tick_field("DEJA_OUI", letter::TickState::blank), text_field("FAIT_LE", "")};
  value.queue = queue;
  value.is_complaint = queue != letter::Queue::non_reclamation;
  value.confidence = 0.93;
  value.complaint_confidence = 0.97;
  value.probabilities.fill(0.07 / 8);
  value.probabilities[static_cast<std::size_t>(queue)] = 0.93;
  return value;
}

// Its date was read for sure.
inline letter::SortedLetter written_on(std::uint32_t number, const char* day) {
  letter::SortedLetter value = sorted(number);
  value.read.letter_date = on(day);
  value.read.fields.back() = text_field("FAIT_LE", day);
  value.read.fields.back().verdict = letter::Verdict::accepted;
  return value;
}

inline letter::CaseRef ref(const std::string& text) { return letter::parse_case_ref(text).value(); }

}  // namespace made
