// The folder of a hand-over. It may lie on somebody else's disk: what breaks there is no broken world of
// ours, so that here, and here alone, it is a refusal that the desk reads.
#include <filesystem>

#include "letter/tree.hpp"
#include "router/hand_over.hpp"

namespace router {

using letter::Result;
using letter::SortedLetter;
using letter::Tree;
namespace fs = std::filesystem;

namespace {

constexpr const char* slip_name = "handover.json";
constexpr std::uint64_t spare_bytes = 1u << 20;  // for the slip and the folder itself

std::string extension(const std::string& media_type) {
  if (media_type == "image/tiff") return ".tif";
  if (media_type == "image/png") return ".png";
  if (media_type == "image/jpeg") return ".jpg";
  return ".pdf";
}

std::string file_name(const letter::Letter& mail, std::size_t master) {
  return letter::text(mail.id) + "-" + std::to_string(master + 1) +
         extension(mail.masters.at(master).media_type);
}

// Which letters with which bytes: two folders that agree in this are one hand-over.
std::string fingerprint(const HandOver& plan) {
  std::string all = letter::text(plan.before.ref);
  for (const SortedLetter& sorted : plan.letters) {
    all += " " + letter::text(sorted.read.letter.id);
    for (const auto& master : sorted.read.letter.masters) all += " " + master.sha256;
  }
  return vault::sha256_hex(all);
}

Tree letter_tree(const SortedLetter& sorted) {
  const letter::Letter& mail = sorted.read.letter;
  auto files = Tree::list();
  for (std::size_t i = 0; i < mail.masters.size(); ++i) {
    auto one = Tree::object();
    one.set("file", file_name(mail, i)).set("sha256", mail.masters[i].sha256);
    files.push(std::move(one));
  }
  auto fields = Tree::object();
  for (const letter::Field& field : sorted.read.fields)
    if (field.verdict != letter::Verdict::unread && field.how != letter::How::tick && field.id != "NIR")
      fields.set(field.id, field.text.reveal());
  auto tree = Tree::object();
  tree.set("id", letter::text(mail.id)).set("box", letter::id(mail.box));
  tree.set("arrived_on", letter::iso(mail.arrived_on))
      .set("pages", static_cast<std::uint64_t>(mail.pages.size()));
  tree.set("files", std::move(files)).set("fields", std::move(fields)).set("text", sorted.read.text.reveal());
  return tree;
}

std::string slip(const HandOver& plan) {
  const Case& value = plan.after;
  auto letters = Tree::list();
  for (const SortedLetter& sorted : plan.letters) letters.push(letter_tree(sorted));
  auto tree = Tree::object();
  tree.set("format", "vaguemestre handover 1").set("case", letter::text(value.ref));
  tree.set("content", fingerprint(plan)).set("handed_over_at", letter::iso(plan.at)).set("by", plan.by);
  tree.set("service", value.secondary ? Tree(letter::id(*value.secondary)) : Tree());
  tree.set("reason", plan.reason).set("received_at", letter::iso(value.received_at));
  tree.set("sender", value.complainant.reveal()).set("letters", std::move(letters));
  return letter::dump_json(tree) + "\n";
}

tl::unexpected<letter::Reason> missing() {
  return letter::fault("handover.missing", "Le dossier des remises est introuvable : le courrier reste ici.",
                       "The hand-over folder cannot be found: the letter stays here.");
}

tl::unexpected<letter::Reason> no_space() {
  return letter::fault("handover.no_space", "Le dossier des remises est plein : le courrier reste ici.",
                       "The hand-over folder is full: the letter stays here.");
}

tl::unexpected<letter::Reason> taken() {
  return letter::fault(
      "handover.taken",
      "Une autre remise porte déjà cette référence : rien n’est écrasé, le courrier reste ici.",
      "Another hand-over bears this reference already: nothing is overwritten, the letter stays "
      "here.");
}

struct File {
  std::string name, bytes;
};

Result<std::vector<File>> files_of(const HandOver& plan, const vault::Vault& vault) {
  std::vector<File> files{{slip_name, slip(plan)}};
  for (const SortedLetter& sorted : plan.letters) {
    const letter::Letter& mail = sorted.read.letter;
    for (std::uint32_t i = 0; i < mail.masters.size(); ++i) {
      auto bytes = vault.get(mail, i);
      if (!bytes) return tl::unexpected(bytes.error());
      files.push_back({file_name(mail, i), std::move(*bytes)});
    }
  }
  return files;
}

bool has_room(const fs::path& place, const std::vector<File>& files) {
  std::uint64_t wanted = spare_bytes;
  for (const File& file : files) wanted += file.bytes.size();
  std::error_code unknown;
  const auto space = fs::space(place, unknown);
  return unknown || space.available >= wanted;
}

// A folder that is there already: ours from a try that a crash cut off, or another's.
Result<void> recognise(const HandOver& plan, const fs::path& folder, const vault::Disk& disk) {
  const auto text = disk.read(folder / slip_name);
  const auto tree = text ? letter::parse_json(*text) : Result<Tree>(Tree());
  if (tree && letter::value(*tree, "content").text_or("") == fingerprint(plan)) return {};
  return taken();
}

Result<void> write_folder(const HandOver& plan, const fs::path& place, const std::vector<File>& files,
                          vault::Disk& disk) {
  const std::string ref = letter::text(plan.before.ref);
  const fs::path folder = place / ref, draft = place / ("." + ref + ".part");
  if (disk.exists(folder)) return recognise(plan, folder, disk);
  disk.make_folder(draft, 0700);  // there: left by a crash, written anew
  for (const std::string& name : disk.names(draft)) disk.remove(draft / name);
  for (const File& file : files) disk.write_synced(draft / file.name, file.bytes, 0600);
  disk.sync_folder(draft);
  switch (vault::move_durably(disk, draft, folder)) {
    case vault::Move::done:
      return {};
    case vault::Move::taken:
      return recognise(plan, folder, disk);
    case vault::Move::gone:
      break;
  }
  return missing();
}

}  // namespace

Result<void> put_hand_over(const HandOver& plan, const HandOverPlaces& places, const vault::Vault& vault,
                           vault::Disk& disk) {
  const bool secret = is_medical(plan.before);
  if (secret && places.medical.empty())
    return letter::fault("handover.medical",
                         "Secret médical : aucun dossier de remise du service médical n’est réglé.",
                         "Medical secrecy: no hand-over folder of the medical service is set.");
  const fs::path& place = secret ? places.medical : places.usual;
  if (!disk.exists(place)) return missing();
  const auto files = files_of(plan, vault);
  if (!files) return tl::unexpected(files.error());
  if (!has_room(place, *files)) return no_space();
  try {
    return write_folder(plan, place, *files, disk);
  } catch (const letter::BrokenWorld&) {
    return letter::fault("handover.unwritable",
                         "Le dossier des remises n’a pas pu être écrit : le courrier reste ici.",
                         "The hand-over folder could not be written: the letter stays here.");
  }
}

}  // namespace router
