// A self-signed certificate for loopback, made for one test.
#pragma once

#include "support/temporary_directory.hpp"

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <cstdio>
#include <memory>
#include <string>

namespace bbstream::test {

// PEM files cert.pem and key.pem in a directory of their own.
class certificate {
   public:
    // Valid for `seconds` from a day ago on.
    explicit certificate(long seconds = 7 * 24 * 3600)
    {
        std::unique_ptr<EVP_PKEY, void (*)(EVP_PKEY*)> const key(EVP_EC_gen("P-256"), EVP_PKEY_free);
        std::unique_ptr<X509, void (*)(X509*)> const made(X509_new(), X509_free);
        X509_set_version(made.get(), X509_VERSION_3);
        ASN1_INTEGER_set(X509_get_serialNumber(made.get()), 1);
        X509_gmtime_adj(X509_getm_notBefore(made.get()), -24 * 3600);
        X509_gmtime_adj(X509_getm_notAfter(made.get()), -24 * 3600 + seconds);
        auto* const name = X509_get_subject_name(made.get());
        X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, reinterpret_cast<unsigned char const*>("localhost"), -1,
                                   -1, 0);
        X509_set_issuer_name(made.get(), name);
        add_extension(made.get(), NID_subject_alt_name, "DNS:localhost,IP:127.0.0.1");
        add_extension(made.get(), NID_basic_constraints, "critical,CA:TRUE");
        X509_set_pubkey(made.get(), key.get());
        X509_sign(made.get(), key.get(), EVP_sha256());
        write(certificate_file(), [&](std::FILE* to) { PEM_write_X509(to, made.get()); });
        write(key_file(),
              [&](std::FILE* to) { PEM_write_PrivateKey(to, key.get(), nullptr, nullptr, 0, nullptr, nullptr); });
    }

    std::string certificate_file() const { return directory_.file("cert.pem"); }
    std::string key_file() const { return directory_.file("key.pem"); }
    temporary_directory const& directory() const { return directory_; }

   private:
    static void add_extension(X509* to, int which, char const* value)
    {
        std::unique_ptr<X509_EXTENSION, void (*)(X509_EXTENSION*)> const made(
            X509V3_EXT_conf_nid(nullptr, nullptr, which, value), X509_EXTENSION_free);
        X509_add_ext(to, made.get(), -1);
    }

    template <class Writer>
    static void write(std::string const& path, Writer writer)
    {
        std::unique_ptr<std::FILE, int (*)(std::FILE*)> const to(std::fopen(path.c_str(), "w"), std::fclose);
        writer(to.get());
    }

    temporary_directory directory_;
};

}  // namespace bbstream::test
