// Certificates: loading, refusing, replacing.
#include "net/tls_context.hpp"

#include "support/certificate.hpp"

#include <boost/test/unit_test.hpp>

#include <filesystem>
#include <fstream>

using bbstream::net::tls_context;
using bbstream::test::certificate;

namespace {

std::string message_of(std::string const& certificate_file, std::string const& key_file)
{
    auto const loaded = tls_context::load(certificate_file, key_file);
    return loaded ? "loaded" : loaded.error().message;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(tls_certificates)

BOOST_AUTO_TEST_CASE(a_pair_that_belongs_together_is_loaded)
{
    certificate const pair;
    BOOST_TEST(message_of(pair.certificate_file(), pair.key_file()) == "loaded");
}

BOOST_AUTO_TEST_CASE(an_expired_certificate_is_still_served)
{
    certificate const expired(3600);
    BOOST_TEST(message_of(expired.certificate_file(), expired.key_file()) == "loaded");
}

BOOST_AUTO_TEST_CASE(errors_name_the_file_that_is_wrong)
{
    certificate const pair, other;
    auto const missing = pair.directory().file("missing.pem");
    auto const garbage = pair.directory().file("garbage.pem");
    std::ofstream(garbage) << "no PEM at all\n";
    auto const names = [](std::string const& message, std::string const& file) {
        BOOST_TEST(message.find(file) != std::string::npos, message);
    };
    names(message_of(missing, pair.key_file()), missing);
    names(message_of(pair.certificate_file(), missing), missing);
    names(message_of(garbage, pair.key_file()), garbage);
    names(message_of(pair.certificate_file(), garbage), garbage);
    names(message_of(pair.certificate_file(), other.key_file()), other.key_file());
}

BOOST_AUTO_TEST_CASE(a_key_with_a_passphrase_is_an_error_and_no_question)
{
    certificate const pair;
    auto const locked = pair.directory().file("locked.pem");
    {
        std::unique_ptr<std::FILE, int (*)(std::FILE*)> const from(std::fopen(pair.key_file().c_str(), "r"),
                                                                   std::fclose);
        std::unique_ptr<std::FILE, int (*)(std::FILE*)> const to(std::fopen(locked.c_str(), "w"), std::fclose);
        std::unique_ptr<EVP_PKEY, void (*)(EVP_PKEY*)> const key(
            PEM_read_PrivateKey(from.get(), nullptr, nullptr, nullptr), EVP_PKEY_free);
        unsigned char phrase[] = "secret";
        PEM_write_PrivateKey(to.get(), key.get(), EVP_aes_128_cbc(), phrase, 6, nullptr, nullptr);
    }
    BOOST_TEST(message_of(pair.certificate_file(), locked).find(locked) != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_failed_reload_keeps_the_former_pair)
{
    certificate const pair;
    auto const context = tls_context::load(pair.certificate_file(), pair.key_file()).value().release();
    std::unique_ptr<tls_context> const owner(context);
    BOOST_TEST(context->reload().has_value());
    std::ofstream(pair.key_file()) << "truncated by an editor";
    BOOST_TEST(context->reload().has_error());
    BOOST_TEST((context->accept(0) != nullptr));
}

BOOST_AUTO_TEST_SUITE_END()
