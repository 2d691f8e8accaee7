// Lines as they reach stderr.
#include "observe/log.hpp"

#include "base/file.hpp"
#include "base/time.hpp"

#include <boost/test/unit_test.hpp>

#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <functional>
#include <string>

using namespace bbstream;
using namespace bbstream::observe;

namespace {

// What `act` writes to stderr.
std::string stderr_of(std::function<void()> const& act)
{
    unique_fd const saved(::dup(STDERR_FILENO));
    std::FILE* const file = std::tmpfile();
    BOOST_REQUIRE(file != nullptr);
    ::dup2(::fileno(file), STDERR_FILENO);
    act();
    std::fflush(stderr);
    ::dup2(saved.get(), STDERR_FILENO);
    std::rewind(file);
    std::string text;
    char block[4096];
    for (std::size_t n; (n = std::fread(block, 1, sizeof block, file)) > 0;)
        text.append(block, n);
    std::fclose(file);
    return text;
}

}  // namespace

BOOST_AUTO_TEST_CASE(json_lines_have_a_time_a_level_a_message_and_their_fields)
{
    auto const before = now_micros();
    auto const text = stderr_of([] {
        start_log(log_format::json, log_level::info);
        warn("disk {} 100% full %v", {{"path", "/var/lib"}});
    });
    std::string const start = "{\"ts\":\"";
    BOOST_REQUIRE(text.starts_with(start));
    auto const at = parse_timestamp(text.substr(start.size(), 27));
    BOOST_REQUIRE(at.has_value());
    BOOST_TEST(*at >= before);
    BOOST_TEST(*at <= now_micros());
    BOOST_TEST(text.substr(start.size() + 27) ==
               "\",\"level\":\"warning\",\"message\":\"disk {} 100% full %v\",\"path\":\"/var/lib\"}\n");
}

BOOST_AUTO_TEST_CASE(text_lines_have_a_time_a_level_a_message_and_their_fields)
{
    auto const text = stderr_of([] {
        start_log(log_format::text, log_level::info);
        error("no {} %n", {{"code", 7}});
    });
    BOOST_TEST(text.substr(0, 3).find(':') == 2u);
    BOOST_TEST(text.substr(12) == " error   no {} %n code=7\n");
}

BOOST_AUTO_TEST_CASE(lines_below_the_level_are_not_written)
{
    auto const text = stderr_of([] {
        start_log(log_format::text, log_level::warn);
        debug("no");
        info("no");
        warn("yes");
        start_log(log_format::text, log_level::debug);
        debug("too");
    });
    BOOST_TEST(text.find("no") == std::string::npos);
    BOOST_TEST(text.find("warning yes\n") != std::string::npos);
    BOOST_TEST(text.find("debug   too\n") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(the_format_follows_where_the_lines_go)
{
    auto const format_with = [](char const* variable) {
        ::unsetenv("JOURNAL_STREAM");
        ::unsetenv("INVOCATION_ID");
        if (variable != nullptr)
            ::setenv(variable, "8:1", 1);
        log_format format = log_format::text;
        stderr_of([&] { format = default_log_format(); });
        return format;
    };
    BOOST_TEST((format_with("JOURNAL_STREAM") == log_format::json));
    BOOST_TEST((format_with("INVOCATION_ID") == log_format::json));
    BOOST_TEST((format_with(nullptr) == log_format::text));
}
