// What a station has taken, under which number, and how far each letter got: an append-only, synced
// journal. It is the manifest that a later reconcile counts from.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "ingest/stack.hpp"
#include "letter/letter.hpp"
#include "letter/wire.hpp"
#include "vault/record_log.hpp"

namespace ingest {

// One file taken, or one folder of pages. Its number is the number of its first letter.
struct Claim {
  std::uint32_t number = 0;
  std::string name;       // the file's own below the hot folder; may hold a person's name
  std::string extension;  // of its name while we work on it: "tif", at most 5 of a-z 0-9, or "folder"
  std::string sha256;     // of its bytes, of a folder's hashes; empty: too large or not readable
  std::string joins;
  letter::Envelope envelope;  // as keyed; it is of one letter
  StackRule rule;             // how it is to be cut; `today` is not kept
  letter::Day claimed_on{};   // not ok(): not known
  bool copied = false;        // handed in by `submit`: the original stays where it is

  bool is_cut = false;                 // from here on its letters have numbers, and nothing is cut anew
  bool is_whole = false;               // the file itself is its one letter
  Stack stack;                         // what was found in it
  std::vector<std::uint32_t> letters;  // numbers of the stack's letters, in order
  std::map<std::uint32_t, letter::Receipt> receipts;
  std::map<std::uint32_t, letter::Reason> refusals;  // under the claim's number when the file itself is bad
  bool operator==(const Claim&) const = default;
};

// Every letter has its receipt or its refusal, or the file itself was refused, or holds no letter.
bool is_settled(const Claim& claim);

enum class Outcome { done, failed, abandoned };  // abandoned: the file was gone or changed; nothing was sent

class ClaimJournal {
 public:
  // BrokenWorld: another process has this station's journal, or it is damaged.
  ClaimJournal(const std::filesystem::path& dir, std::shared_ptr<vault::Disk> disk);

  // On stable storage when they return, but `sent`.
  Claim& open(Claim claim);                            // gives it its number
  void cut(Claim& claim, Stack stack, bool is_whole);  // gives its letters their numbers
  void sent(std::uint32_t letter);
  void received(Claim& claim, const letter::Receipt& receipt);
  void refused(Claim& claim, std::uint32_t letter, const letter::Reason& reason);
  void close(std::uint32_t claim, Outcome outcome);  // the claim is forgotten here, not in the journal

  std::map<std::uint32_t, Claim>& unfinished() { return unfinished_; }
  const std::map<std::uint32_t, Claim>& unfinished() const { return unfinished_; }
  // The claim that a letter is of, or null.
  Claim* claim_of(std::uint32_t letter);
  std::uint64_t torn_records() const { return torn_; }

 private:
  void replay(const vault::Record& record);
  std::uint32_t next_number();

  vault::RecordLog log_;
  std::map<std::uint32_t, Claim> unfinished_;
  std::map<std::uint32_t, std::uint32_t> claim_of_;  // letter -> claim
  std::uint32_t last_ = 0;
  std::uint64_t torn_ = 0;
};

}  // namespace ingest
