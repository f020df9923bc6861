#include "tests/sim/house.hpp"

#include <functional>
#include <map>
#include <memory>
#include <set>

#include "belt/handout.hpp"
#include "ingest/intake.hpp"
#include "ingest/status.hpp"
#include "letter/wire.hpp"
#include "router/file.hpp"
#include "router/memory_store.hpp"
#include "tests/sim/disk.hpp"
#include "tests/vault/temp_folder.hpp"
#include "vault/directory_vault.hpp"
#include "vault/record_log.hpp"

namespace sim {
namespace {

using belt::Millis;
using letter::LetterId;

const std::filesystem::path state = "/state";
const letter::Instant first_instant{std::chrono::milliseconds(1'795'400'000'000)};

// The register's commits on the disk; what a commit says is what filing does again at the next start.
class Register {
 public:
  explicit Register(std::shared_ptr<vault::Disk> disk)
      : log_(state / "register", "commits", std::move(disk)) {
    const auto records = log_.recovered().records;
    for (const vault::Record& record : records) apply(read(record));
    log_.begin(records);
  }
  void take(const letter::SortedLetter& sorted) { waiting_.push_back(sorted); }
  // Everything that waits, in one commit.
  std::vector<letter::Filed> file_waiting() {
    std::vector<vault::Record> records;
    for (const auto& sorted : waiting_) {
      if (!case_of(sorted.read.letter.id)) records.push_back({'L', letter::encode(sorted).at(1)});
      apply(sorted);
    }
    log_.append_all(records);
    std::vector<letter::Filed> filed;
    for (const auto& sorted : std::exchange(waiting_, {}))
      filed.push_back({sorted.read.letter.id, case_of(sorted.read.letter.id).value()});
    return filed;
  }
  std::optional<std::string> case_of(const LetterId& id) const {
    const auto place = cases_.find(id);
    return place == cases_.end() ? std::nullopt : place->second;
  }
  router::Standing standing() {
    router::Standing standing;
    store_.transact(
        [&](router::Transaction& in) { standing = in.standing(letter::paris_day(first_instant)); });
    return standing;
  }

 private:
  static letter::SortedLetter read(const vault::Record& record) {
    static const std::string type = letter::wire_type(letter::encode(letter::SortedLetter{}));
    return letter::decode_sorted({type, record.payload}).value();
  }
  void apply(const letter::SortedLetter& sorted) {
    store_.transact([&](router::Transaction& in) {
      router::file(sorted, in, {}, first_instant);
      cases_[sorted.read.letter.id] = in.case_of(sorted.read.letter.id);
    });
  }
  router::MemoryStore store_;
  std::map<LetterId, std::optional<std::string>> cases_;  // as the store says: asking it costs a copy of it
  vault::RecordLog log_;
  std::vector<letter::SortedLetter> waiting_;
};

struct Reception {
  Reception(const std::shared_ptr<Disk>& disk, const vault::Keyring& ring)
      : vault(state / "vault", ring, disk), spool(state / "spool", disk), handout(belt::HandoutLimits{}) {
    vault.name_again([this](const LetterId& id) { return spool.find(id).has_value(); });
    for (const auto& spooled : spool.unfiled()) handout.add(spooled.letter.id, spooled.attempts);
  }
  vault::DirectoryVault vault;
  ingest::Spool spool;
  belt::Handout handout;
};

const vault::Keyring& mailroom_ring() {
  static const vault::Keyring ring = [] {
    const vault::TempFolder temp;
    vault::make_mailroom_key(temp.path);
    return vault::load_mailroom_key(temp.path).value();
  }();
  return ring;
}

letter::Submission submission_of(std::uint32_t number) {
  const std::string bytes = "page of letter " + std::to_string(number);
  letter::Submission submission;
  submission.letter.id = {"T1", number};
  submission.letter.masters = {{vault::sha256_hex(bytes), bytes.size(), "image/png", 1}};
  submission.letter.pages.resize(1);
  submission.masters = {bytes};
  return submission;
}

class House {
 public:
  explicit House(const Plan& plan)
      : plan_(plan), disk_(std::make_shared<Disk>(plan.seed)), chance_(plan.seed * 0x9e3779b97f4a7c15u + 1) {
    disk_->lies_about = lie_of(plan.planted);
  }

  Story live() {
    revive();
    while (story_.faults() < plan_.faults && story_.broken.empty()) turn();
    disk_->disarm();
    calm_ = true;
    constexpr int patience = 4000;
    for (int i = 0; i < patience && !is_done() && story_.broken.empty(); ++i) turn();
    if (story_.broken.empty()) look_at_the_end();
    story_.letters = made_;
    story_.receipts = receipted_.size();
    story_.steps = disk_->steps();
    return story_;
  }

 private:
  enum class Who { ingest, reader, router };
  struct Message {
    Who to;
    std::function<void()> deliver;
  };

  static std::function<bool(const std::filesystem::path&)> lie_of(Planted planted) {
    if (planted == Planted::receipt_before_sync)
      return [](const auto& path) { return path.filename() == "spool"; };
    if (planted == Planted::filed_before_commit)
      return [](const auto& path) { return path.filename() == "commits"; };
    if (planted == Planted::blob_not_synced)
      return [](const auto& path) { return path.string().find(".blob") != std::string::npos; };
    if (planted == Planted::names_not_synced)
      return
          [](const auto& path) { return path.string().starts_with("/state/vault") && !path.has_extension(); };
    return {};
  }

  std::uint64_t any(std::uint64_t below) { return chance_() % below; }
  bool once_in(std::uint64_t n) { return any(n) == 0; }
  void send(Who to, std::function<void()> deliver) { network_.push_back({to, std::move(deliver)}); }
  void broken(const std::string& promise) { story_.broken.push_back(promise); }

  // Whatever is running when a fault strikes is gone; at a power cut, everything.
  void run(Who who, const std::function<void()>& work) {
    try {
      work();
      return;
    } catch (const Killed&) {
      ++story_.kills;
    } catch (const letter::BrokenWorld&) {
      ++story_.failures;
    } catch (const PowerCut&) {
      ++story_.power_cuts;
      reception_.reset(), register_.reset();
      disk_->lose_power();
      network_.clear();
    }
    if (who == Who::ingest) reception_.reset();
    if (who == Who::router) register_.reset();
    std::erase_if(network_, [&](const Message& message) { return message.to == who && once_in(2); });
  }

  // Starting is work on the disk too, and faults strike there as well.
  void revive() {
    constexpr int most_starts = 50;  // the faults of a life are far fewer
    for (int starts = 0; !reception_ || !register_; ++starts) {
      if (starts == most_starts) return broken("the house does not start any more");
      arm_a_fault();
      if (!reception_)
        run(Who::ingest, [&] { reception_ = std::make_unique<Reception>(disk_, mailroom_ring()); });
      if (!register_) run(Who::router, [&] { register_ = std::make_unique<Register>(disk_); });
    }
    look_after_a_start();
  }

  void arm_a_fault() {
    const bool due = !calm_ && story_.faults() < plan_.faults;
    if (due && !disk_->armed()) disk_->arm(static_cast<Fault>(any(3)), any(60));
  }

  void turn() {
    now_ += Millis(1 + any(300));  // ingest looks at its leases at every turn, as the real one does
    arm_a_fault();
    const auto action = any(8);
    if (action == 0 && !calm_ && made_ < reception_->spool.filed_total() + 3) submit(++made_);
    if (action == 1 && made_ > 0) submit(static_cast<std::uint32_t>(1 + any(made_)));
    if (action == 2) read_one();
    if (action > 2 && !network_.empty()) deliver_one();
    if (reception_) run(Who::ingest, [&] { hand_out(); });
    if (!reception_ || !register_) revive();
  }

  void deliver_one() {
    const auto place = network_.begin() + static_cast<std::ptrdiff_t>(any(network_.size()));
    const Message message = *place;
    if (calm_ || !once_in(20)) network_.erase(place);  // else it comes once more
    if (!calm_ && once_in(20)) return;
    run(message.to, message.deliver);
  }

  // The station sends again until it has its receipt, and a doubled press sends again after that.
  void submit(std::uint32_t number) {
    if (receipted_.contains({"T1", number}) && !once_in(10)) return;
    send(Who::ingest, [this, number] {
      // What else waits is taken in with it, in one round.
      std::vector<ingest::Arrival> arrivals{{submission_of(number), "station:T1"}};
      while (made_ > 0 && !once_in(3))
        arrivals.push_back({submission_of(static_cast<std::uint32_t>(1 + any(made_))), "station:T1"});
      for (const ingest::Outcome& answer : ingest::take_in(arrivals, {reception_->vault,
                                                                      reception_->spool,
                                                                      {0, 0, 200},
                                                                      {1 << 30, 1 << 30},
                                                                      first_instant + now_})) {
        const auto* receipt = std::get_if<letter::Receipt>(&answer);
        if (receipt == nullptr) return broken("a good letter was refused");
        if (!reception_->spool.case_of(receipt->id)) reception_->handout.add(receipt->id, 0);
        receipted_.insert(receipt->id);  // what is sent may arrive: the promise is given here
      }
    });
  }

  void hear(const std::string& stage, letter::ProgressKind kind, const LetterId& id = {}) {
    letter::Progress said;
    said.kind = kind;
    said.stage = stage;
    said.instance = stage + std::to_string(reader_life_);
    said.id = id;
    said.credit = 2;
    reception_->handout.hear(stage, said, now_);
  }

  // Now and then so late that they are taken for gone.
  void hear_all() {
    for (const char* stage : {"ocr", "classify", "router"}) {
      hear(stage, letter::ProgressKind::hello);
      hear(stage, letter::ProgressKind::ready);
    }
  }

  void hand_out() {
    if (once_in(4)) hear_all();
    for (const belt::Decision& decision : reception_->handout.decide(now_)) {
      if (const auto* handed = std::get_if<belt::HandOut>(&decision)) {
        const auto letter = *reception_->spool.find(handed->id);
        if (once_in(3) && !reception_->vault.get(letter, 0))
          return broken("pages of a receipted letter cannot be read");
        send(Who::reader, [this, letter] { on_the_table_[letter.id] = letter; });
      }
      if (const auto* blame = std::get_if<belt::Blame>(&decision))
        reception_->spool.attempted(blame->id, blame->attempts);
      if (const auto* given = std::get_if<belt::GiveUp>(&decision))
        send_to_router(ingest::bare_slip(*reception_->spool.find(given->id), given->reason));
    }
  }

  void read_one() {
    if (once_in(40)) ++reader_life_, on_the_table_.clear();  // the reader died: nothing of its own is lost
    if (on_the_table_.empty()) return;
    const auto taken = on_the_table_.extract(on_the_table_.begin());
    letter::SortedLetter sorted;
    sorted.read.letter = taken.mapped();
    send_to_router(sorted);
    const LetterId id = taken.key();
    send(Who::ingest, [this, id] { hear("ocr", letter::ProgressKind::end, id); });
  }

  void send_to_router(const letter::SortedLetter& sorted) {
    send(Who::router, [this, sorted] {
      register_->take(sorted);
      if (!calm_ && once_in(2)) return;  // the next one is at the door: they are filed together
      send(Who::ingest, [this, filed = register_->file_waiting()] {
        reception_->spool.filed(filed);
        if (once_in(4)) reception_->spool.settle();
        for (const letter::Filed& one : filed) reception_->handout.filed(one.id);
      });
    });
  }

  void look_after_a_start() {
    for (const LetterId& id : receipted_) {
      if (!reception_->spool.find(id)) return broken("a letter with a receipt is not in the spool");
      const auto spooled = reception_->spool.case_of(id);
      if (spooled && register_->case_of(id) != spooled)
        return broken("a letter said to be filed is not in the register under that case");
    }
  }

  bool is_done() const { return receipted_.size() == made_ && reception_->spool.filed_total() == made_; }

  void look_at_the_end() {
    if (!is_done()) return broken("a letter stays unfiled");
    const router::Standing standing = register_->standing();
    if (standing.letters != made_ || standing.cases != made_)
      broken("a letter is in the register twice, or not");
    for (std::uint32_t number = 1; number <= made_; ++number) {
      const auto letter = reception_->spool.find({"T1", number});
      const auto page = reception_->vault.get(*letter, 0);
      if (!page || *page != submission_of(number).masters[0]) broken("pages cannot be read in the end");
    }
  }

  Plan plan_;
  std::shared_ptr<Disk> disk_;
  std::mt19937_64 chance_;
  Millis now_{0};
  bool calm_ = false;
  std::unique_ptr<Reception> reception_;
  std::unique_ptr<Register> register_;
  std::vector<Message> network_;
  std::map<LetterId, letter::Letter> on_the_table_;  // of the reader
  std::set<LetterId> receipted_;
  std::uint32_t made_ = 0;
  std::uint64_t reader_life_ = 1;
  Story story_;
};

}  // namespace

Story live(const Plan& plan) { return House(plan).live(); }

}  // namespace sim
