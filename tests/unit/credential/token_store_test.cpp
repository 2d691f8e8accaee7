// Tokens on disk: read back, replaced whole, never where they can't be opened, by one process at a time.
#include "credential/token_store.hpp"

#include "support/temporary_directory.hpp"

#include <boost/test/unit_test.hpp>

#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>

using namespace bbstream;

namespace {

credential::sealing_key key_of(char fill)
{
    return credential::parse_sealing_key(std::string(credential::sealing_key_bytes, fill)).value();
}

credential::grant grant_number(int number)
{
    credential::grant made;
    made.client_id = "client";
    made.account = "{uuid}";
    made.person = "Ada Lovelace";
    made.scopes = "account repository";
    made.access_token = credential::secret_text(3000, 'a') + credential::secret_text(std::to_string(number));
    made.refresh_token = "refresh-" + credential::secret_text(std::to_string(number));
    made.former_refresh_token = "former-" + credential::secret_text(std::to_string(number));
    made.expires = 1'700'000'000'000'000 + number;
    made.obtained = -1;
    return made;
}

struct kept {
    credential::token_store store(char key = 'k') const { return {path, key_of(key)}; }
    std::optional<credential::grant> read() const { return store().read(ada).value(); }
    std::string file() const { return store().path(ada); }

    test::temporary_directory directory;
    std::string const path = credential::token_directory(directory.file("state"));
    credential::owner const ada{"cloud", "ada"};
};

std::string message_of(auto const& outcome)
{
    return outcome ? "" : outcome.error().message;
}

unsigned mode_of(std::string const& path)
{
    struct stat found {};
    BOOST_REQUIRE(::stat(path.c_str(), &found) == 0);
    return found.st_mode & 0777;
}

}  // namespace

BOOST_FIXTURE_TEST_CASE(what_is_written_is_read_back_and_nobody_else_can_read_it, kept)
{
    BOOST_TEST(!read().has_value());
    for (int number = 0; number < 3; ++number) {
        BOOST_REQUIRE(store().write(ada, grant_number(number)));
        BOOST_TEST((read() == grant_number(number)));
    }
    BOOST_TEST(mode_of(file()) == 0600u);
    BOOST_TEST(mode_of(path) == 0700u);
    auto const bytes = read_file(file(), 1 << 20).value();
    for (auto const* secret : {"aaaa", "refresh-2", "former-2", "Ada"})
        BOOST_TEST(bytes.find(secret) == std::string::npos);
}

BOOST_FIXTURE_TEST_CASE(each_user_of_each_instance_has_tokens_of_their_own, kept)
{
    std::vector<std::string> const names{"../ada",     "Ada Lovelace",       "ada",
                                         "ada.sealed", "grace@acme.example", "\xc3\xa4"};
    for (std::size_t at = 0; at < names.size(); ++at)
        BOOST_REQUIRE(store().write({"cloud", names[at]}, grant_number(static_cast<int>(at))));
    BOOST_REQUIRE(store().write({"cloud-2", "ada"}, grant_number(99)));
    BOOST_REQUIRE(store().try_lock(ada));
    BOOST_TEST(credential::kept_users(path, "cloud").value() == names, boost::test_tools::per_element());
    BOOST_TEST(credential::kept_users(path, "cloud-2").value().size() == 1u);
    BOOST_TEST(credential::kept_users(path, "clou").value().empty());
    for (std::size_t at = 0; at < names.size(); ++at)
        BOOST_TEST((store().read({"cloud", names[at]}).value() == grant_number(static_cast<int>(at))));
}

BOOST_FIXTURE_TEST_CASE(what_can_not_be_opened_is_named_and_never_replaced, kept)
{
    BOOST_REQUIRE(store().write(ada, grant_number(1)));
    auto const whole = read_file(file(), 1 << 20).value();

    auto const other_key = file() + " was sealed with another key than that of state.key";
    BOOST_TEST(message_of(store('o').read(ada)) == other_key);
    BOOST_TEST(message_of(store('o').write(ada, grant_number(2))) == other_key);
    BOOST_TEST((read() == grant_number(1)));

    auto const damage = file() + " is damaged; move it away and log in again";
    for (auto const& bytes : {std::string(), whole.substr(0, whole.size() / 2), whole + 'x'}) {
        BOOST_REQUIRE(write_file(file(), bytes));
        BOOST_TEST(message_of(store().read(ada)) == damage);
        BOOST_TEST(message_of(store().write(ada, grant_number(2))) == damage);
        BOOST_TEST(read_file(file(), 1 << 20).value() == bytes);
    }

    // Another user's tokens in its place.
    BOOST_REQUIRE(store().write({"cloud", "grace"}, grant_number(3)));
    std::filesystem::copy_file(store().path({"cloud", "grace"}), file(),
                               std::filesystem::copy_options::overwrite_existing);
    BOOST_TEST(message_of(store().read(ada)) == damage);
}

BOOST_FIXTURE_TEST_CASE(a_torn_write_leaves_what_was_there, kept)
{
    BOOST_REQUIRE(store().write(ada, grant_number(1)));
    // What a process leaves that is killed before the rename.
    BOOST_REQUIRE(write_file(file() + ".new", "bbsealed", 0644));
    BOOST_TEST((read() == grant_number(1)));
    BOOST_TEST(credential::kept_users(path, "cloud").value().size() == 1u);
    BOOST_REQUIRE(store().write(ada, grant_number(2)));
    BOOST_TEST((read() == grant_number(2)));
    BOOST_TEST(mode_of(file()) == 0600u);
    BOOST_TEST(!std::filesystem::exists(file() + ".new"));
}

BOOST_FIXTURE_TEST_CASE(a_writer_that_is_killed_at_any_time_leaves_whole_tokens, kept)
{
    BOOST_REQUIRE(store().write(ada, grant_number(0)));
    for (int round = 0; round < 10; ++round) {
        auto const child = ::fork();
        if (child == 0) {
            for (int number = 1;; ++number)
                (void)store().write(ada, grant_number(number % 1000));
        }
        ::usleep(3'000u + 1'000u * static_cast<unsigned>(round));
        ::kill(child, SIGKILL);
        ::waitpid(child, nullptr, 0);
        auto const left = store().read(ada);
        BOOST_REQUIRE_MESSAGE(left, message_of(left));
        BOOST_REQUIRE(left->has_value());
        BOOST_TEST(((*left)->refresh_token.substr(8) == (*left)->former_refresh_token.substr(7)));
    }
}

BOOST_FIXTURE_TEST_CASE(what_can_not_be_written_is_said_and_leaves_what_was_there, kept)
{
    BOOST_REQUIRE(store().write(ada, grant_number(1)));
    std::filesystem::create_directories(file() + ".new/in the way");
    BOOST_TEST(message_of(store().write(ada, grant_number(2))) == file() + ".new: File exists");
    BOOST_TEST((read() == grant_number(1)));
}

BOOST_FIXTURE_TEST_CASE(one_at_a_time_has_the_lock, kept)
{
    auto mine = store().try_lock(ada).value();
    BOOST_TEST(mine.get() >= 0);
    BOOST_TEST(store().try_lock(ada).value().get() == -1);
    BOOST_TEST(store().try_lock({"cloud", "grace"}).value().get() >= 0);
    mine.reset();
    BOOST_TEST(store().try_lock(ada).value().get() >= 0);
}

BOOST_FIXTURE_TEST_CASE(two_processes_never_lose_a_step_of_each_other, kept)
{
    constexpr int steps = 40;
    BOOST_REQUIRE(store().write(ada, grant_number(0)));
    auto const count_up = [&] {
        for (int done = 0; done < steps;) {
            auto const lock = store().try_lock(ada);
            if (!lock || !*lock) {
                ::usleep(100);
                continue;
            }
            auto const now = std::stoi(std::string(read()->refresh_token.substr(8)));
            if (!store().write(ada, grant_number(now + 1)))
                ::_exit(1);
            ++done;
        }
    };
    auto const child = ::fork();
    if (child == 0) {
        count_up();
        ::_exit(0);
    }
    count_up();
    int status = -1;
    ::waitpid(child, &status, 0);
    BOOST_TEST(status == 0);
    BOOST_TEST((read() == grant_number(2 * steps)));
}
