// Looking at a journal's directory from outside: status, fsck, reading. No lock is taken and nothing is changed, so all
// of it works beside a running daemon; what it appends meanwhile may be seen or not.
#pragma once

#include "journal/directory.hpp"
#include "journal/journal.hpp"
#include "journal/log_view.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace bbstream::journal {

struct segment_report {
    std::string name;
    std::uint64_t first = 0;  // sequence
    std::uint64_t last = 0;   // first - 1 when it has no record
    std::uint64_t bytes = 0;  // of the file
    std::uint64_t end = 0;    // of what is valid in it
    micros created = 0;
    micros last_received = 0;  // 0 when there is no record up to its end
};

struct log_report {
    journal_status status;  // `released`, `writable` and `turning` are known to the daemon only
    std::vector<segment_report> segments;
};

struct finding {
    enum class kind {
        note,    // nothing is lost
        damage,  // what was durable can't be read, or may be missing
    };
    finding::kind what = kind::damage;
    std::string segment;  // its name
    std::uint64_t offset = 0;
    std::string text;
};

struct check_report {
    std::vector<segment_report> segments;
    std::vector<finding> findings;
    std::uint64_t records = 0;
    std::uint64_t frames = 0;
    bool damaged() const;
};

// One line: "damage 000000000003.segment at 8192: the frame's checksum is wrong".
std::string to_string(finding const& one);

// What lies there, by headers and the last segment's frames. Errors: invalid when there is no journal; corrupt; io.
result<log_report> inspect(std::string const& path);
result<log_report> inspect(directory& in);

// fsck: every header, every frame, every record, of every segment; goes on behind damage. Errors: invalid when there is
// no journal; io when the directory can't be read.
result<check_report> check(std::string const& path);
result<check_report> check(directory& in);

// Reads the records that were durable when it was opened.
class stored_log {
   public:
    // Errors: as inspect.
    static result<std::unique_ptr<stored_log>> open(std::string const& path);
    static result<std::unique_ptr<stored_log>> open(std::unique_ptr<directory> in);

    journal_status status() const { return view_.status(); }
    // As journal::read_after.
    result<read_batch> read_after(std::uint64_t after, std::size_t bytes_max);

   private:
    explicit stored_log(std::unique_ptr<directory> in) : in_(std::move(in)), view_(0) {}

    std::unique_ptr<directory> const in_;
    log_view view_;
};

}  // namespace bbstream::journal
