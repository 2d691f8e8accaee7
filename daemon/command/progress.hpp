// How far a long command has come, as a line that replaces itself: on a terminal only, and never on standard output.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

namespace bbstream::command {

class progress {
   public:
    // "WHAT 12,345 of 99,999" of the records up to `last`; 0: nobody knows how many there are.
    progress(std::string what, std::uint64_t last);
    progress(progress const&) = delete;
    progress& operator=(progress const&) = delete;
    // Leaves the line empty.
    ~progress();

    void at(std::uint64_t record);

   private:
    std::string const what_;
    std::uint64_t const last_;
    bool const shown_;
    std::chrono::steady_clock::time_point next_;
};

}  // namespace bbstream::command
