// A repository of Cloud's, but for its pull requests: how Cloud writes it, and what happens in it.
#pragma once

#include "world.hpp"

#include <map>

namespace bbstream::test {

class cloud_repository : public world {
   protected:
    cloud_repository(int number, generator& random) : world(number, random), has_times_(sometimes(2)) {}

    void begin_repository() override;
    void change_project() override;

    static std::string time(micros at);
    std::string time_now() const;
    static std::string uuid(std::string_view kind, int number);
    static std::string user(int number);
    std::string repository() const;
    told& say(std::string_view key, members body, texts const& kinds, texts machines = {});

    void push();
    void happen_to_repository();
    void report_status();
    // Some are run again under the same number, and end again.
    void finish_pipeline();
    void happen_to_issue();
    void tell_what_nobody_knows();

   private:
    void move_ref(int ref, texts& changes, texts& kinds, texts& machines);
    // Some of them say when.
    std::string rename();
    void transfer();
    void fork();

    bool const has_times_;  // of the repository
    int name_ = 0;
    int owner_ = 0;
    int issues_ = 0;
    std::map<int, int> heads_;
};

}  // namespace bbstream::test
