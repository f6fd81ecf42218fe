# Bingkai setiap halaman
web-skip = Langsung ke isi
web-menu = Menu utama
web-language = Bahasa
web-synthetic = Data contoh buatan: bukan orang dan bukan uang sungguhan
web-crumbs = Posisi Anda
web-to-start = Ke halaman awal
web-about = Tentang
web-openapi = Untuk program (OpenAPI)
web-undone = dibatalkan
web-backup-due = Data seseorang dihapus pada { $erased }, dan sejak itu belum ada cadangan baru. Cadangan yang lebih lama hanya terbuka dengan kunci yang kini sudah dimusnahkan: jika disk rusak sebelum ada cadangan baru, tidak ada nama yang kembali. Buat cadangan sekarang di mesin situs dengan “simpul backup”, dan salin berkas kunci yang baru (secret/kek) ke tempatnya yang lain.
web-backup-last = Cadangan terakhir bertanggal { $at }. Siapa pun yang memulihkannya harus mengulangi penghapusan itu.
web-backup-none = Belum diketahui ada cadangan yang dibuat di mesin ini. Siapa pun yang memulihkan cadangan lama harus mengulangi penghapusan itu.

# Daftar
web-list-search = Cari di daftar ini
web-list-find = Cari
web-list-table = Tabel; dapat digeser ke samping di layar sempit
web-list-empty = Belum ada yang dapat ditampilkan.
web-list-sum = Jumlah
web-list-pages = Halaman daftar
web-list-range = { $from } sampai { $to } dari { $total }

# Grafik
web-chart-table = Angkanya dalam tabel
web-chart-what = Rincian

# Penolakan
web-refusal-title = Belum berhasil
web-fault-title = Ada yang rusak
web-fault = Programnya keliru, atau mesinnya bermasalah. Yang belum dikonfirmasi kepada Anda tidak dicatat. Coba lagi; kalau terulang, sampaikan nomor di bawah ini kepada administrator.
web-fault-number = Nomor untuk administrator: { $number }
web-not_found = Tidak ada halaman di alamat ini. Periksa alamatnya, atau mulai dari halaman awal.
web-wrong_method = Alamat ini tidak menerima permintaan seperti itu. Kembali ke halamannya dan pakai formulir di sana.
web-sign_in_first = Masuk dulu.
web-not_yours = Peran Anda tidak mengizinkan ini di sini. Mintalah perannya kepada administrator.
web-cross_site = Formulir ini dikirim dari situs lain, jadi tidak ada yang dilakukan. Buka halamannya di situs ini, lalu kirim formulirnya dari sana.
web-unreadable_form = Formulir tidak terbaca pada “{ $field }”. Kembali, muat ulang halamannya, lalu isi lagi.
web-unprintable_text = Teks pada “{ $field }” memuat karakter yang tidak terlihat dan tidak dapat disimpan. Hapus teksnya, ketik sendiri, lalu kirim lagi.
web-wrong_content = Ini bukan formulir dan bukan JSON. Kirim formulir dari halamannya, atau JSON dengan jenis isi application/json.
web-cut_off = Sambungan putus sebelum semuanya sampai. Tidak ada yang dicatat. Kirim lagi.
web-form_too_large = Formulirnya terlalu besar. Kirim sedikit demi sedikit; untuk banyak baris, pakai impor.
web-file_too_large = Berkasnya lebih besar dari { $limit }, batas situs ini. Bagi berkasnya, atau minta administrator mengimpornya lewat baris perintah.
web-no_file = Belum ada berkas yang dipilih, atau berkasnya kosong. Pilih berkas, lalu kirim lagi.
web-notice-entry = Lihat catatan itu
web-id_ahead = Waktu pada formulir ini lebih dari sehari di depan: jam perangkat yang membuatnya salah, atau jam situs ini tadinya salah. Tidak ada yang dicatat. Betulkan jamnya, lalu kirim formulir sekali lagi.
web-attachment_too_large = Berkasnya lebih besar dari { $limit }, batas penyimpanan di sini. Pindai hitam putih atau pada 200 titik per inci, atau kirim bagiannya satu per satu.
web-file_not_taken = { $file } tidak diterima. Kirim PDF, PNG, JPEG, WebP, TIFF, DOCX, XLSX, ODT atau teks biasa; halaman web (HTML, SVG) dapat disimpan dulu sebagai PDF.
web-file_not_its_name = Isi { $file } tidak sesuai dengan namanya: isinya { $kind }. Ganti namanya, atau pilih berkas yang dimaksud.
web-file_has_macros = { $file } memuat makro. Simpan tanpa makro (sebagai DOCX, XLSX atau PDF), lalu kirim yang itu.
web-file_missing = Berkasnya saat ini tidak ada di situs ini. Hash-nya ada di log, jadi siapa pun yang memilikinya dapat membuktikan bahwa itulah berkasnya; administrator dapat mengembalikannya dari cadangan.
web-too_slow = Jawabannya terlalu lama. Coba lagi sebentar lagi.
web-too_busy = Terlalu banyak permintaan sekaligus. Coba lagi beberapa detik lagi.
web-no_list = Halaman ini bukan daftar, jadi tidak ada berkasnya. Mintalah halamannya atau JSON.
web-number_missing = Isi angkanya.
web-number_two_signs = “{ $text }” memakai dua tanda desimal. Tulis dengan satu koma atau satu titik, misalnya 1234,5 atau 1234.5.
web-number_too_fine = “{ $text }” terlalu banyak angka di belakang koma. Hilangkan yang terakhir.
web-number_not_digits = “{ $text }” bukan angka. Pakai angka dengan satu koma atau titik.
web-day_wrong = “{ $text }” bukan tanggal. Tulis seperti 2026-03-31 atau 31/3/2026.
web-date_wrong = “{ $text }” bukan tanggal. Tulis hari seperti 2015-09-01 atau 1/9/2015, bulan seperti 2015-09 atau 9/2015, atau tahun seperti 2015.
web-number_too_long = “{ $text }” terlalu panjang. Periksa angkanya.

# Penolakan buku catatan
journal-other_content = Permintaan dengan nomor yang sama ({ $id }) sudah dicatat dengan isi lain. Tidak ada yang berubah. Buka formulir baru dan isi di sana.
journal-no_entry = Tidak ada catatan { $id }. Mungkin ada di situs lain.
journal-reversed_before = Catatan ini sudah dibatalkan pada { $day }. Tidak perlu apa-apa lagi.
journal-is_reversal = Pembatalan tidak dapat dibatalkan. Buat catatannya sekali lagi.
journal-no_reason = Tulis alasan pembatalannya, singkat saja.
journal-overdrawn = Isi { $account } tidak cukup: kurang { $missing }. Isi lebih sedikit, atau catat dulu kekurangannya di sana.
journal-too_many_attached = Satu catatan memuat paling banyak { $most } lampiran. Lampirkan sisanya dengan catatan kedua.

# Tentang
web-deed-read_about = Membaca tentang program ini
web-about-lead = Simpul mengikat satu kerja sama antara dua daerah, dari nota kesepahaman sampai ke rumah tangga.
web-about-version = Program
web-about-licence = Lisensi
web-about-source = Kode sumber
web-about-site = Situs ini
web-about-data = Apa yang terjadi dengan isian Anda
web-about-data-text = Setiap catatan disimpan apa adanya. Kekeliruan diperbaiki dengan catatan lain, dan keduanya tetap terlihat. Nama disegel dengan kunci tersendiri dan dapat dihapus; jumlahnya tetap ada.
web-about-vkey = Untuk pemeriksa: kunci publik
web-about-vkey-text = Dengan baris ini (vkey) siapa pun dapat memeriksa bahwa ekspor log, atau bukti sebuah tanda terima, ditandatangani oleh situs ini. Salin seluruhnya, dan cocokkan dengan yang Anda terima lewat jalan lain: di atas kertas, lewat telepon.
web-about-log-open = Log yang sekarang ditulis:
web-about-log-ended = Log lama, berakhir karena pemulihan atau penyalinan:
web-about-programs = Untuk program
web-about-programs-text = Setiap halaman juga menjawab dengan JSON, lewat header “Accept: application/json” atau “?as=json”. Daftar juga tersedia sebagai CSV dan XLSX.
web-openapi-summary = Dari nota kesepahaman sampai ke rumah tangga: satu catatan kerja sama antara dua daerah.
web-openapi-refusal = Ditolak atau gagal; pesannya menjelaskan sebabnya, dalam bahasa yang diminta.
web-openapi-booked = Sudah dicatat dan tersimpan di disk.
web-openapi-go-on = Untuk peramban: lanjut ke halaman ini.
web-openapi-page = Halamannya, atau datanya sebagai JSON.
