// Reading secrets by reference, and saying what is wrong without showing them.
#include "config/secret.hpp"

#include "support/temporary_directory.hpp"

#include <boost/test/unit_test.hpp>

#include <cstdlib>
#include <fstream>

using namespace bbstream;

namespace {

struct files {
    std::string write(std::string const& name, std::string const& bytes) const
    {
        std::ofstream(directory.file(name), std::ios::binary) << bytes;
        return directory.file(name);
    }

    test::temporary_directory directory;
    std::string const path = directory.path().string();
};

struct variable {
    variable(char const* name, std::string const& value) : name(name) { ::setenv(name, value.c_str(), 1); }
    ~variable() { ::unsetenv(name); }
    char const* name;
};

std::string message(std::string const& reference)
{
    auto const read = config::resolve({reference});
    BOOST_REQUIRE(read.has_error());
    return read.error().message;
}

}  // namespace

BOOST_FIXTURE_TEST_CASE(a_file_loses_one_newline, files)
{
    struct {
        char const* bytes;
        char const* secret;
    } const cases[] = {{"s", "s"}, {"s\n", "s"}, {"s\n\n", "s\n"}, {" s \n", " s "}, {"a\nb", "a\nb"}, {"\n\n", "\n"}};
    for (auto const& [bytes, secret] : cases)
        BOOST_TEST(config::resolve({"file:" + write("x", bytes)}).value() == secret);
}

BOOST_FIXTURE_TEST_CASE(credentials_are_found_where_systemd_puts_them, files)
{
    write("webhook", "from the unit\n");
    variable const set("CREDENTIALS_DIRECTORY", path);
    BOOST_TEST(config::resolve({"credential:webhook"}).value() == "from the unit");
    BOOST_TEST(message("credential:other") ==
               "credential:other: " + path +
                   "/other: No such file or directory (is there "
                   "/etc/credstore/bbstream.other, and LoadCredential=other:bbstream.other in the unit?)");
}

BOOST_AUTO_TEST_CASE(outside_the_unit_the_other_way_is_named)
{
    ::unsetenv("CREDENTIALS_DIRECTORY");
    BOOST_TEST(message("credential:no-such-one") ==
               "credential:no-such-one: only the running service has it, and this user can't see its credentials; "
               "elsewhere use file:PATH");
}

BOOST_AUTO_TEST_CASE(the_environment_is_taken_as_it_is)
{
    {
        variable const set("BBSTREAM_TEST_SECRET", "s\n");
        BOOST_TEST(config::resolve({"env:BBSTREAM_TEST_SECRET"}).value() == "s\n");
    }
    BOOST_TEST(message("env:BBSTREAM_TEST_SECRET") == "env:BBSTREAM_TEST_SECRET: this variable is not set");
    variable const empty("BBSTREAM_TEST_SECRET", "");
    BOOST_TEST(message("env:BBSTREAM_TEST_SECRET") == "env:BBSTREAM_TEST_SECRET: this variable is empty");
}

BOOST_FIXTURE_TEST_CASE(an_empty_secret_is_none, files)
{
    for (auto const* bytes : {"", "\n"})
        BOOST_TEST(message("file:" + write("x", bytes)) == "file:" + path + "/x: " + path + "/x is empty");
}

BOOST_FIXTURE_TEST_CASE(an_oversize_file_is_no_secret, files)
{
    BOOST_TEST(config::resolve({"file:" + write("x", std::string(config::secret_bytes_max, 's'))}).has_value());
    BOOST_TEST(config::resolve({"file:" + write("x", std::string(config::secret_bytes_max + 1, 's'))}).has_error());
    BOOST_TEST(config::resolve({"file:/dev/zero"}).has_error());
    BOOST_TEST(config::resolve({"file:" + path}).has_error());
}

BOOST_FIXTURE_TEST_CASE(no_message_shows_a_secret, files)
{
    std::string const secret(config::secret_bytes_max + 1, 's');
    BOOST_TEST(message("file:" + write("x", secret)).find("sss") == std::string::npos);
    BOOST_TEST(message("hunter2").find("hunter2") == std::string::npos);
}

BOOST_FIXTURE_TEST_CASE(kafka_passwords_may_be_references, files)
{
    config::kafka from;
    from.properties = {{"sasl.password", "file:" + write("p", "hunter2\n")},
                       {"sasl.username", "file:me"},
                       {"ssl.key.password", "literal"},
                       {"ssl.ca.location", "/etc/ca.pem"}};
    auto const properties = config::resolve_properties(from).value();
    BOOST_TEST(properties.at("sasl.password") == "hunter2");
    BOOST_TEST(properties.at("sasl.username") == "file:me");
    BOOST_TEST(properties.at("ssl.key.password") == "literal");
    BOOST_TEST(properties.at("ssl.ca.location") == "/etc/ca.pem");

    from.properties["sasl.password"] = "file:/nonexistent";
    BOOST_TEST(config::resolve_properties(from).error().message ==
               "kafka.sasl.password: file:/nonexistent: /nonexistent: No such file or directory");
}
