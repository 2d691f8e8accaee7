#include "hooks/secret_memory.hpp"

#include "base/file_lock.hpp"
#include "base/hex.hpp"
#include "base/random.hpp"
#include "event/json_writer.hpp"
#include "rest/json.hpp"
#include "signature/signature.hpp"

#include <unistd.h>

#include <array>
#include <cerrno>

namespace bbstream::hooks {
namespace {

constexpr std::int64_t format_version = 1;

// One line of the file a hook: instance, place and id, which no blank is in.
std::string key_of(std::string const& instance, place const& where, std::string const& id)
{
    return instance + ' ' + level_text(where.level) + ' ' + where.owner + ' ' + where.slug + ' ' + id;
}

}  // namespace

result<secret_memory> secret_memory::load(std::string directory)
{
    secret_memory memory(std::move(directory));
    std::array<unsigned char, 32> salt{};
    fill_random(salt);
    memory.salt_ = to_hex(salt);
    if (auto const done = memory.read(); !done)
        return done.error();
    return memory;
}

// What the file says replaces what is remembered; one that is absent says nothing.
result<void> secret_memory::read()
{
    if (::access(path().c_str(), F_OK) != 0 && errno == ENOENT) {
        entries_.clear();
        return {};
    }
    auto const text = read_file(path(), memory_bytes_max);
    return text ? parse(*text) : text.error();
}

result<void> secret_memory::parse(std::string const& text)
{
    rest::json_document document;
    auto const whole = document.parse(text);
    auto const salt = whole["salt"].text();
    if (whole["version"].number() != format_version || !salt || salt->empty() || !whole["hooks"].is_array())
        return failure{failure_kind::corrupt, path() +
                                                  ": is not of this version, or damaged; remove it, and the next "
                                                  "hooks sync sets every secret anew"};
    salt_ = *salt;
    entries_.clear();
    for (auto const& each : whole["hooks"].elements()) {
        auto const set = parse_timestamp(each["set"].text().value_or(""));
        entries_[std::string(each["hook"].text().value_or(""))] = {std::string(each["fingerprint"].text().value_or("")),
                                                                   set.value_or(0)};
    }
    return {};
}

std::string secret_memory::fingerprint(std::string const& secret) const
{
    // An HMAC keyed by the salt: the same secret looks different in another file.
    return signature::sign(salt_, secret).value().substr(std::string_view("sha256=").size());
}

secret_memory::entry const* secret_memory::find(std::string const& instance, place const& where,
                                                std::string const& id) const
{
    auto const found = entries_.find(key_of(instance, where, id));
    return found == entries_.end() ? nullptr : &found->second;
}

void secret_memory::remember(std::string const& instance, place const& where, std::string const& id, entry what)
{
    auto const key = key_of(instance, where, id);
    unsaved_[key] = what;
    entries_[key] = std::move(what);
}

void secret_memory::forget(std::string const& instance, place const& where, std::string const& id)
{
    auto const key = key_of(instance, where, id);
    unsaved_[key] = std::nullopt;
    entries_.erase(key);
}

std::string secret_memory::encoded() const
{
    std::string text;
    event::json_writer to(text);
    to.begin_object();
    to.number<"version">(format_version);
    to.text<"salt">(salt_);
    to.name<"hooks">();
    to.begin_array();
    for (auto const& [key, value] : entries_) {
        to.element();
        text += '\n';
        to.begin_object();
        to.text<"hook">(key);
        to.text<"fingerprint">(value.fingerprint);
        to.time<"set">(value.set);
        to.end_object();
    }
    to.end_array();
    to.end_object();
    text += '\n';
    return text;
}

result<void> secret_memory::save()
{
    if (auto const made = make_directories(directory_); !made)
        return made.error();
    auto const lock = lock_file(path() + ".lock");
    if (!lock)
        return lock.error();
    if (auto const done = read(); !done)
        return done;
    for (auto const& [key, what] : unsaved_) {
        if (what)
            entries_[key] = *what;
        else
            entries_.erase(key);
    }
    if (auto const written = replace_file(path(), encoded()); !written)
        return written;
    unsaved_.clear();
    return {};
}

}  // namespace bbstream::hooks
