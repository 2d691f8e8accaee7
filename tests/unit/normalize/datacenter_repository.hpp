// A repository of Data Center's, but for its pull requests: how Data Center writes it, and what happens in it.
#pragma once

#include "world.hpp"

#include <map>

namespace bbstream::test {

class datacenter_repository : public world {
   protected:
    // A comment, with what hangs on it.
    struct thread {
        int id = 0;
        int version = 0;
        int text = 0;
        bool resolved = false;
        bool deleted = false;
    };

    datacenter_repository(int number, generator& random) : world(number, random), iso_(sometimes(2)) {}

    void begin_repository() override { push(); }
    void change_project() override;

    // Old versions have milliseconds since 1970, new ones ISO 8601.
    std::string time(micros at) const;
    static std::string user(int number);
    std::string repository() const;
    // The date of a delivery has no fraction of a second.
    told& say(std::string_view key, members body, texts const& kinds, texts machines = {});
    told& say_here(std::string_view key, members body, texts const& kinds, texts machines = {});

    // The commits are listed only where one ref was pushed.
    void push();
    void synchronize_mirror();
    void modify_repository();
    void fork();
    void detect_secret();
    void tell_what_nobody_knows();
    std::string described(thread const& of) const;
    void comment_on_commit();

   private:
    struct moved_ref {
        std::string change;
        std::string name;
        int before = 0;
        int after = 0;
    };

    // Empty where it stays.
    moved_ref move_ref(int ref, int& head);

    std::string repository_as(int name, int project) const;
    std::string project() const;

    bool const iso_;
    int name_ = 0;
    int project_ = 0;
    std::map<int, int> heads_;
    std::map<std::pair<int, int>, int> mirrored_;
    std::vector<thread> on_commits_;
};

}  // namespace bbstream::test
