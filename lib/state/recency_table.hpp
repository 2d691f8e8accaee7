// A hash table whose entries are also in order of their last write, so that the oldest can be forgotten first.
//
// Entries lie in blocks; the hash set beside them holds their numbers only. An entry costs its size and about 8 bytes.
// Of the blocks at least three quarters are in use: else the entries move together and memory is given back.
#pragma once

#include "state/key.hpp"

#include <boost/unordered/unordered_flat_set.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <type_traits>
#include <utility>
#include <vector>

namespace bbstream::state {

template <class Value>
class recency_table {
    using number = std::uint32_t;
    static constexpr number none = UINT32_MAX;
    static constexpr std::size_t block_size = 64;
    static constexpr number kept_entries = 4 * block_size;

   public:
    struct entry {
        state::key key;
        Value value;
        number older = none;
        number newer = none;
    };

    recency_table() : numbers_(0, hash{this}, equal{this}) {}
    recency_table(recency_table const&) = delete;
    recency_table& operator=(recency_table const&) = delete;

    Value* find(key const& wanted)
    {
        auto const found = numbers_.find(wanted);
        return found == numbers_.end() ? nullptr : &at(*found).value;
    }

    // The entry of this key, made if there is none; now the newest.
    Value& write(key const& wanted)
    {
        auto const found = numbers_.find(wanted);
        number which = none;
        if (found != numbers_.end()) {
            which = *found;
            unlink(which);
        } else {
            which = allocate();
            at(which).key = wanted;
            numbers_.insert(which);
        }
        link_newest(which);
        return at(which).value;
    }

    void erase(key const& wanted)
    {
        auto const found = numbers_.find(wanted);
        if (found == numbers_.end())
            return;
        number const which = *found;
        numbers_.erase(found);
        unlink(which);
        if constexpr (!std::is_trivially_destructible_v<Value>)
            at(which).value = {};
        at(which).newer = free_;
        free_ = which;
        if (used_ > kept_entries && size() < used_ / 4 * 3)
            compact();
    }

    entry const* oldest() const { return oldest_ == none ? nullptr : &at(oldest_); }
    std::size_t size() const { return numbers_.size(); }

    // Bytes of memory held, free entries included.
    std::size_t bytes() const
    {
        return blocks_.size() * (sizeof(block) + sizeof(void*)) + numbers_.bucket_count() * (sizeof(number) + 1);
    }

    // Oldest first.
    template <class Visit>
    void each(Visit visit) const
    {
        for (number which = oldest_; which != none; which = at(which).newer)
            visit(at(which));
    }

    void clear()
    {
        numbers_ = numbers(0, hash{this}, equal{this});
        blocks_.clear();
        used_ = 0;
        free_ = oldest_ = newest_ = none;
    }

   private:
    using block = std::array<entry, block_size>;

    struct hash {
        using is_transparent = void;
        using is_avalanching = void;
        recency_table const* table;
        std::size_t operator()(key const& of) const { return of.first; }
        std::size_t operator()(number which) const { return table->at(which).key.first; }
    };
    struct equal {
        using is_transparent = void;
        recency_table const* table;
        bool operator()(number a, number b) const { return a == b; }
        bool operator()(key const& a, number b) const { return a == table->at(b).key; }
        bool operator()(number a, key const& b) const { return table->at(a).key == b; }
    };

    using numbers = boost::unordered_flat_set<number, hash, equal>;

    entry& at(number which) { return (*blocks_[which / block_size])[which % block_size]; }
    entry const& at(number which) const { return (*blocks_[which / block_size])[which % block_size]; }

    number allocate()
    {
        if (free_ != none) {
            number const which = free_;
            free_ = at(which).newer;
            at(which) = entry{};
            return which;
        }
        if (used_ == blocks_.size() * block_size)
            blocks_.push_back(std::make_unique<block>());
        return used_++;
    }

    void compact()
    {
        std::vector<std::unique_ptr<block>> const old = std::move(blocks_);
        number which = oldest_;
        clear();
        while (which != none) {
            entry& from = (*old[which / block_size])[which % block_size];
            write(from.key) = std::move(from.value);
            which = from.newer;
        }
    }

    void unlink(number which)
    {
        entry const& gone = at(which);
        (gone.older == none ? oldest_ : at(gone.older).newer) = gone.newer;
        (gone.newer == none ? newest_ : at(gone.newer).older) = gone.older;
    }

    void link_newest(number which)
    {
        at(which).older = newest_;
        at(which).newer = none;
        (newest_ == none ? oldest_ : at(newest_).newer) = which;
        newest_ = which;
    }

    std::vector<std::unique_ptr<block>> blocks_;
    numbers numbers_;
    number used_ = 0;
    number free_ = none;
    number oldest_ = none;
    number newest_ = none;
};

}  // namespace bbstream::state
