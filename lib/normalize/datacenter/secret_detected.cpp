// repo:secret_detected: an element of secretLocations[] for each place, each with its repository.
#include "normalize/datacenter/entities.hpp"
#include "normalize/datacenter/keys.hpp"
#include "normalize/envelope.hpp"
#include "normalize/mapping.hpp"

namespace bbstream::normalize::datacenter {

namespace {

// Each place comes with its repository, so that a body of 8 MiB has fewer; a list of more than so many is none.
constexpr std::size_t places_max = 10'000;
// A path or a rule's name that is longer is none.
constexpr std::size_t secret_text_bytes_max = 4096;

class place_reader {
   public:
    place_reader(mapping& in, element const& sent, std::size_t index)
        : in_(in), sent_(sent), position_(in.memory().join({"secretLocations/", std::to_string(index)}))
    {
    }

    void map()
    {
        auto const from = as_object(sent_);
        if (!from) {
            complain(event::unknown_reason::type_mismatch, "the place");
            return;
        }
        auto const commit = needed(*from, "commitId");
        auto const path = commit ? needed(*from, "path") : std::nullopt;
        auto const rule = path ? needed(*from, "ruleName") : std::nullopt;
        if (!rule)
            return;
        auto const line = number_member(*from, "line");
        auto const* where = repository_of(*from);
        if (!line || !where) {
            in_.add_unknown_part(
                flaw_of_member(*from, line ? "repository" : "line", place(line ? "repository" : "line"), in_.memory()),
                sent_, position_);
            return;
        }
        add(*where, forms_of_hash(*commit, in_.memory()), *path, *line, *rule);
    }

   private:
    std::string_view place(std::string_view name) { return in_.memory().join({position_, ": ", name}); }

    void complain(event::unknown_reason why, std::string_view what)
    {
        in_.add_unknown_part(make_flaw(why, {}, place(what), in_.memory()), sent_, position_);
    }

    event::text needed(object const& from, std::string_view name)
    {
        auto const found = needed_member(from, name, secret_text_bytes_max);
        if (!found.value)
            complain(found.problem, name);
        return found.value;
    }

    // The delivery as it would be if it were of this place's repository; nothing where there is none.
    event::delivery const* repository_of(object const& from)
    {
        auto const repository = object_member(from, "repository");
        if (!repository)
            return in_.delivery().repository ? &in_.delivery() : nullptr;
        auto const id = id_of_repository(product::datacenter, *repository, in_.memory()).value;
        if (!id)
            return nullptr;
        if (in_.delivery().repository && in_.delivery().repository->id == *id)
            return &in_.delivery();
        auto other = in_.delivery();
        other.shared = nullptr;
        other.repository = in_.memory().keep(read_repository(*repository, *id, in_.memory()));
        record_identity who;
        who.repository_id = id;
        normalize::place(other, who, in_.memory());
        return in_.memory().keep(other);
    }

    void add(event::delivery const& where, hash_forms const& commit, std::string_view path, std::uint64_t line,
             std::string_view rule)
    {
        auto const id = in_.facts_of(where.repository->id).secret_detected(commit.id, path, line, rule);
        auto* made =
            in_.add_once(event::type::secret_detected, id, in_.memory().join({"secrets/", commit.id}), in_.date());
        if (!made)
            return;
        made->delivery = &where;
        made->data = event::secret_detected{commit.sha, path, line, rule};
    }

    mapping& in_;
    element sent_;
    std::string_view position_;
};

}  // namespace

void map_secret_detected(mapping& in)
{
    auto const places = array_member(in.body(), "secretLocations");
    if (!places) {
        in.add_unknown_without(in.body(), "secretLocations", "secretLocations");
        return;
    }
    if (places->size() > places_max) {
        in.add_unknown({event::unknown_reason::type_mismatch, "secretLocations: too many places"});
        return;
    }
    if (places->size() == 0)
        in.count_empty();
    std::size_t index = 0;
    for (element const each : *places)
        place_reader(in, each, index++).map();
}

}  // namespace bbstream::normalize::datacenter
