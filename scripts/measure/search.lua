-- wrk: searches as people type them: without diacritics, prefixes, numbers.
-- arguments: COOKIE
local queries = { "phong+chay", "ngan+sach", "dat+dai", "nong+thon+moi",
	"ho+chua", "thu+y", "kiem+dich", "chuyen+doi+so", "khuy", "m%C3%B4i",
	"Tr%E1%BA%A7n+V%C4%83n", "giong+cay", "lam+nghiep+thuy+san",
	"dieu+chinh+ngan+sach", "s%E1%BB%9F+t%C3%A0i+ch%C3%ADnh" }
local threads = {}

function setup(thread)
	table.insert(threads, thread)
end

function init(arguments)
	cookie = arguments[1]
	count = 0
	bad = 0
	sample = ""
	math.randomseed(7)
end

function request()
	count = count + 1
	local query = queries[math.random(#queries)]
	if count % 4 == 0 then
		query = tostring(math.random(1, 90000)) .. "/B0-NN"
	end
	return wrk.format("GET", "/api/v1/search?q=" .. query, {
		["Cookie"] = cookie,
		["Host"] = wrk.host .. ":" .. wrk.port })
end

function response(status, headers, body)
	if status ~= 200 then
		bad = bad + 1
		sample = status .. " " .. body
	end
end

function done(summary, latency, requests)
	local count = 0
	for _, thread in ipairs(threads) do
		count = count + thread:get("bad")
		if thread:get("bad") > 0 then
			io.write("SAMPLE ", thread:get("sample"), "\n")
		end
	end
	io.write(string.format("RESULT %d %d %.3f %.3f %.3f %.3f\n",
		summary.requests, count + summary.errors.connect +
		summary.errors.read + summary.errors.write +
		summary.errors.timeout, summary.duration / 1e6,
		latency:percentile(50) / 1e3, latency:percentile(95) / 1e3,
		latency:percentile(99) / 1e3))
end
